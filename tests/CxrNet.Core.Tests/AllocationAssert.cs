namespace CxrNet.Core.Tests;

/// <summary>Asserts what a call allocates on its own thread, once pools and caches are warm.</summary>
public static class AllocationAssert
{
    public static void None(Action call) => AtMost(0, call);

    public static void AtMost(long bytes, Action call)
    {
        // The first calls fill the pools and may be compiled while they run.
        for (int i = 0; i < 3; i++)
        {
            call();
        }

        // The pools belong to the whole process: a test beside this one, or a collection, may have emptied them just now. What a call allocates every time shows in the least of several.
        long least = long.MaxValue;
        for (int i = 0; i < 5 && least > bytes; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(least <= bytes, $"{least} bytes allocated, at most {bytes} expected.");
    }
}
