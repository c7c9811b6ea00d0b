namespace Interven.Storage.Stores;

/// <summary>
/// Reads for many who ask at once. What is asked while the reads are under way goes with the next one, so that thousands who ask together cost a handful of
/// statements and two connections, not one each.
/// </summary>
/// <param name="read">What was found of those asked for; the others are told null. Fails for all of them.</param>
/// <param name="patience">A read that takes longer fails, and holds up no other.</param>
sealed class SharedReads<TAsked, TFound>(Func<IReadOnlyList<TAsked>, Task<Dictionary<TAsked, TFound>>> read, TimeSpan patience) where TAsked : notnull
{
    const int MostReads = 2, MostOfOneRead = 500;

    readonly Lock gate = new();
    readonly Queue<Waiting> waiting = new();
    int reading;

    public Task<TFound?> Of(TAsked asked)
    {
        var one = new Waiting(asked);
        lock (gate)
        {
            waiting.Enqueue(one);
            if (reading == MostReads)
                return one.Found.Task;
            reading++;
        }
        // Not on the asker's thread, which SQLite would keep for as long as others go on asking.
        _ = Task.Run(ReadAll);
        return one.Found.Task;
    }

    async Task ReadAll()
    {
        while (Next() is { Count: > 0 } batch)
            try
            {
                var found = await read([.. batch.Select(one => one.Asked).Distinct()]).WaitAsync(patience).ConfigureAwait(false);
                foreach (var one in batch)
                    one.Found.TrySetResult(found.GetValueOrDefault(one.Asked));
            }
            catch (Exception e)
            {
                foreach (var one in batch)
                    one.Found.TrySetException(e);
            }
    }

    List<Waiting> Next()
    {
        var batch = new List<Waiting>();
        lock (gate)
        {
            while (batch.Count < MostOfOneRead && waiting.TryDequeue(out var asked))
                batch.Add(asked);
            if (batch.Count == 0)
                reading--;
        }
        return batch;
    }

    sealed record Waiting(TAsked Asked)
    {
        public TaskCompletionSource<TFound?> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
