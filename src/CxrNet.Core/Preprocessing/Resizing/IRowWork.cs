namespace CxrNet;

/// <summary>Work that can be done a few rows at a time, in any order and by any thread.</summary>
internal interface IRowWork
{
    /// <summary>Does some rows; the same numbers however the rows are shared out.</summary>
    /// <param name="from">The first row.</param>
    /// <param name="to">Behind the last one.</param>
    void Run(int from, int to);
}
