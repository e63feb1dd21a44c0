using System.Runtime.ExceptionServices;

namespace CxrNet;

/// <summary>Shares out rows between the caller and threads of the pool. Everybody takes the next few rows that nobody has taken, so a helper that comes late finds nothing to do and nobody waits for it.</summary>
/// <remarks>Allocates nothing once a thread has its team, which is used again only when no helper is left that may still look at it.</remarks>
internal sealed class RowTeam<TWork> : IThreadPoolWorkItem
    where TWork : struct, IRowWork
{
    [ThreadStatic]
    private static RowTeam<TWork>? t_own;

    private TWork _work;
    private int _rows;
    private int _grain;
    private int _next;
    private int _done;
    private int _helpers;
    private Exception? _failure;

    private RowTeam()
    {
    }

    /// <summary>Does all rows and comes back when they are done.</summary>
    /// <param name="work">What to do; its memory must stay in place until this returns.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="grain">How many are taken at a time.</param>
    /// <param name="samples">Samples that are read in all: too few of them, and the caller works alone.</param>
    public static void Run(in TWork work, int rows, int grain, long samples)
    {
        int helpers = samples < PreprocessingThreads.LeastSamples ? 0 : Math.Min(PreprocessingThreads.Maximum, (rows + grain - 1) / grain) - 1;
        RowTeam<TWork>? team = helpers > 0 ? t_own ??= new RowTeam<TWork>() : null;
        if (team is null || Volatile.Read(ref team._helpers) != 0)
        {
            // A helper of the last call has not even begun: the machine is busy, and calling for more would not bring them.
            work.Run(0, rows);
            return;
        }

        team.Start(work, rows, grain, helpers);
    }

    /// <summary>A helper's part.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        TakeRows();
        Interlocked.Decrement(ref _helpers);
    }

    private void Start(in TWork work, int rows, int grain, int helpers)
    {
        (_work, _rows, _grain, _next, _done, _failure) = (work, rows, grain, 0, 0, null);
        Volatile.Write(ref _helpers, helpers);
        for (int i = 0; i < helpers; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        TakeRows();
        SpinWait wait = default;
        while (Volatile.Read(ref _done) < rows)
        {
            // A helper is in the middle of its last rows: some microseconds.
            wait.SpinOnce(sleep1Threshold: -1);
        }

        _work = default;
        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private void TakeRows()
    {
        for (int from; (from = Interlocked.Add(ref _next, _grain) - _grain) < _rows;)
        {
            int to = Math.Min(from + _grain, _rows);
            try
            {
                _work.Run(from, to);
            }
            catch (Exception e)
            {
                // The caller's memory is pinned until all rows are done: an error is kept until then.
                Interlocked.CompareExchange(ref _failure, e, null);
            }

            Interlocked.Add(ref _done, to - from);
        }
    }
}
