using System.Runtime.ExceptionServices;

namespace CxrNet.Imaging.Dicom.Codecs.Jpeg2000;

/// <summary>Splits work over threads where there is enough of it.</summary>
internal static class Work
{
    // Below this many samples handing work to other threads costs as much as it saves.
    private const long MinSamples = 1 << 16;

    /// <summary>Does every task; the first error of any comes out as it was thrown.</summary>
    public static void Split(int tasks, long samples, Action<int> task) => Split<object?>(tasks, samples, static () => null, (index, _) => task(index));

    /// <summary>Does every task with scratch memory of its thread.</summary>
    public static void Split<TScratch>(int tasks, long samples, Func<TScratch> createScratch, Action<int, TScratch> task)
    {
        if (samples < MinSamples || tasks < 2)
        {
            TScratch scratch = createScratch();
            for (int i = 0; i < tasks; i++)
            {
                task(i, scratch);
            }

            return;
        }

        try
        {
            Parallel.For(0, tasks, createScratch, (index, _, scratch) =>
            {
                task(index, scratch);
                return scratch;
            }, static _ => { });
        }
        catch (AggregateException error)
        {
            ExceptionDispatchInfo.Throw(error.InnerExceptions[0]);
        }
    }
}
