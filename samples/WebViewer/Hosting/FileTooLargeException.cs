namespace CxrNet.WebViewer.Hosting;

/// <summary>An uploaded file has more bytes than the options allow.</summary>
internal sealed class FileTooLargeException(int limit) : Exception($"The file is larger than {limit:N0} bytes, the most that this server takes.");
