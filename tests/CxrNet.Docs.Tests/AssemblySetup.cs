using Xunit.Sdk;
using Xunit.v3;

// Blocks and samples run in one working folder and write to one console: one after the other.
[assembly: Parallelization(Mode = ParallelMode.None)]
