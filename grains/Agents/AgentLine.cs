using Interven.Engine.Risk;

namespace Interven.Grains.Agents;

/// <summary>
/// Carries words to one agent's memory. What comes while a message is under way goes with the next, so that a busy agent costs a fraction of a
/// message for each scan; how a clean call ended waits for company.
/// </summary>
sealed class AgentLine(IAgentGrain memory)
{
    /// <summary>More than this is not let wait.</summary>
    const int MostWaiting = 64;

    readonly Lock gate = new();
    List<AgentWord> words = [];
    List<TaskCompletionSource<AgentFacts>> askers = [];
    bool carrying;

    /// <summary>Nothing has been said since the last sweep, so the line may be forgotten.</summary>
    public bool IsIdle { get; private set; }

    /// <summary>What the history makes of a call that begins.</summary>
    public Task<AgentFacts> Observe(AgentObservation seen)
    {
        var asker = new TaskCompletionSource<AgentFacts>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (Add(new(seen, null), asker, isUrgent: true))
            _ = Carry();
        return asker.Task;
    }

    /// <summary>How a call ended. What is held against the agent is told at once.</summary>
    public void Decided(AgentEvent.Decided outcome)
    {
        if (Add(new(null, outcome), null, isUrgent: !outcome.Clean))
            _ = Carry();
    }

    /// <summary>Sends what waits for company.</summary>
    public void Sweep()
    {
        lock (gate)
        {
            IsIdle = words.Count == 0 && !carrying;
            if (words.Count == 0 || carrying)
                return;
            carrying = true;
        }
        _ = Carry();
    }

    bool Add(AgentWord word, TaskCompletionSource<AgentFacts>? asker, bool isUrgent)
    {
        lock (gate)
        {
            IsIdle = false;
            words.Add(word);
            if (asker is not null)
                askers.Add(asker);
            if (carrying || !isUrgent && words.Count < MostWaiting)
                return false;
            return carrying = true;
        }
    }

    async Task Carry()
    {
        while (Take() is var (told, asking))
        {
            try
            {
                var facts = await memory.Tell(told);
                for (var i = 0; i < asking.Count; i++)
                    asking[i].SetResult(facts[i]);
            }
            catch (Exception e)
            {
                // Unknown history counts against the calls that asked; the memory may miss what was told.
                foreach (var one in asking)
                    one.TrySetException(e);
            }
        }
    }

    (AgentWord[] Words, List<TaskCompletionSource<AgentFacts>> Askers)? Take()
    {
        lock (gate)
        {
            if (words.Count == 0)
            {
                carrying = false;
                return null;
            }
            var taken = (words.ToArray(), askers);
            words.Clear();
            askers = [];
            return taken;
        }
    }
}
