using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace CxrNet.WebViewer.Api;

/// <summary>The form of /api/image, for the description of the API; <see cref="Upload"/> reads it.</summary>
internal record ImageForm
{
    [Required]
    [Description("A chest X-ray: PNG, JPEG, DICOM, TIFF, BMP or WebP.")]
    public required IFormFile File { get; init; }
}
