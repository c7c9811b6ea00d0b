namespace Interven.ApiFrontend.Http;

/// <summary>Says when a silo that this process was connected to is gone. A process with a silo of its own loses none.</summary>
sealed class GatewayLosses
{
    readonly Lock gate = new();
    TaskCompletionSource next = New();

    /// <summary>Ends with the next loss. To be taken before the question that it may concern.</summary>
    public Task Next
    {
        get
        {
            lock (gate)
                return next.Task;
        }
    }

    public void Changed(int connected, int before)
    {
        if (connected >= before)
            return;
        TaskCompletionSource lost;
        lock (gate)
            (lost, next) = (next, New());
        lost.TrySetResult();
    }

    static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
