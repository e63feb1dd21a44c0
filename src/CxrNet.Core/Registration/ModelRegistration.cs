namespace CxrNet;

/// <summary>A model that a container knows of: what eager loading loads, and what the options are checked against.</summary>
/// <param name="Service">The interface.</param>
/// <param name="Key">Null for the one without a key.</param>
/// <param name="File">The entry of <see cref="CxrNetOptions.Models"/> that it asks for, or null.</param>
internal sealed record ModelRegistration(Type Service, string? Key, string? File);
