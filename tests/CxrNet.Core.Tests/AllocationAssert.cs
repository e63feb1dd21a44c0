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

        long before = GC.GetAllocatedBytesForCurrentThread();
        call();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= bytes, $"{allocated} bytes allocated, at most {bytes} expected.");
    }
}
