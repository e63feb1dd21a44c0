namespace CxrNet.Torch.Training;

/// <summary>Where a point of a newly framed image lies in the image as it was, in the coordinates of <c>affine_grid</c>: (<see cref="Across"/> x + <see cref="Right"/>, <see cref="Down"/> y + <see cref="Below"/>).</summary>
internal readonly record struct FramingChange(float Across, float Right, float Down, float Below)
{
    /// <summary>Lays one box where the other one lies.</summary>
    public static FramingChange Between(LungBox own, LungBox other)
    {
        float across = own.Width / Math.Max(other.Width, 1e-3f), down = own.Height / Math.Max(other.Height, 1e-3f);
        return new FramingChange(across, own.CenterX - (across * other.CenterX), down, own.CenterY - (down * other.CenterY));
    }

    /// <summary>The 2 x 3 matrix of the change.</summary>
    public float[] ToMatrix() => [Across, 0, Right, 0, Down, Below];

    /// <summary>Whether neither direction is stretched or squeezed by more.</summary>
    public bool IsWithin(float factor) => Within(Across, factor) && Within(Down, factor);

    /// <summary>Puts this change behind that of a 2 x 3 matrix.</summary>
    public void Follow(Span<float> matrix)
    {
        matrix[0] *= Across;
        matrix[1] *= Across;
        matrix[2] = (Across * matrix[2]) + Right;
        matrix[3] *= Down;
        matrix[4] *= Down;
        matrix[5] = (Down * matrix[5]) + Below;
    }

    private static bool Within(float stretch, float factor) => stretch <= factor && stretch * factor >= 1;
}
