namespace CxrNet.Core.Tests.Preprocessing;

public sealed class RentingATensorBuffer
{
    [Fact]
    public void RowsLieOneAfterTheOther()
    {
        using TensorBuffer buffer = TensorBuffer.Rent(3, 4);
        for (int row = 0; row < 3; row++)
        {
            buffer[row].Fill(row);
        }

        Assert.Equal([0f, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2], buffer.Values.ToArray());
    }

    [Fact]
    public void ARowOutsideIsRefused()
    {
        using TensorBuffer buffer = TensorBuffer.Rent(3, 4);
        Assert.Throws<ArgumentOutOfRangeException>(() => buffer[3].Length);
    }

    [Fact]
    public void AfterDisposalTheValuesAreOutOfReach()
    {
        TensorBuffer buffer = TensorBuffer.Rent(1, 1);
        buffer.Dispose();
        buffer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => buffer.Values);
    }

    [Fact]
    public void MemoryOfTheCallersIsUsedAndStaysTheCallers()
    {
        float[] memory = new float[10];
        using (TensorBuffer buffer = TensorBuffer.Over(memory, 2, 4))
        {
            buffer[1].Fill(3);
            Assert.Equal(8, buffer.Values.Length);
        }

        Assert.Equal([0, 0, 0, 0, 3, 3, 3, 3, 0, 0], memory);
        Assert.Contains("10 values given, 3 x 4 = 12 expected", Assert.Throws<ArgumentException>(() => TensorBuffer.Over(memory, 3, 4)).Message, StringComparison.Ordinal);
    }
}
