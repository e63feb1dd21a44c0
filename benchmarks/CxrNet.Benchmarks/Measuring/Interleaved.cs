using System.Diagnostics;

namespace CxrNet.Benchmarks.Measuring;

/// <summary>Times contenders in turn, round after round, so that whatever else the machine does meets all of them alike.</summary>
internal static class Interleaved
{
    private const int LeastRounds = 5;

    /// <summary>Everybody once to warm up, then rounds until the time is used up; each round begins with another one.</summary>
    /// <param name="contenders">At least one.</param>
    /// <param name="budget">About how long; <paramref name="mostRounds"/> may end it before, and five rounds are always run.</param>
    /// <param name="mostRounds">Rounds at most.</param>
    /// <param name="pause">Before each turn: the threads of an engine may spin for some milliseconds after theirs, and the next one shall not pay for that.</param>
    public static Timing[] Measure(IReadOnlyList<Contender> contenders, TimeSpan budget, int mostRounds = 200, TimeSpan pause = default)
    {
        List<double>[] times = [.. contenders.Select(_ => new List<double>())];
        foreach (Contender contender in contenders)
        {
            contender.Time();
            contender.Time();
        }

        Stopwatch clock = Stopwatch.StartNew();
        for (int round = 0; round < LeastRounds || (round < mostRounds && clock.Elapsed < budget); round++)
        {
            for (int i = 0; i < times.Length; i++)
            {
                int turn = (round + i) % times.Length;
                if (pause > TimeSpan.Zero)
                {
                    Thread.Sleep(pause);
                }

                times[turn].Add(contenders[turn].Time());
            }
        }

        return [.. times.Select((t, i) => new Timing(contenders[i].Name, [.. t]))];
    }
}
