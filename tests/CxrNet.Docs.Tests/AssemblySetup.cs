// Blocks run in one working folder and write to the console: one after the other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
