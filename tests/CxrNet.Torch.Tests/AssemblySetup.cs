using Xunit.Sdk;
using Xunit.v3;

// libtorch's threads and its global random state belong to the process: tests that run side by side would share both.
[assembly: Parallelization(Mode = ParallelMode.None)]
