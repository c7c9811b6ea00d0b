using Interven.Engine.Risk;

namespace Interven.Grains.Agents;

[GrainType("agent")]
sealed class AgentGrain([PersistentState("agent-memory")] IPersistentState<AgentMemory> memory, TimeProvider clock) : Grain, IAgentGrain
{
    static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(1);
    AgentState state = new();
    bool dirty;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        state = AgentStateBytes.Read(memory.State.Bytes) ?? new();
        this.RegisterGrainTimer(Save, new() { DueTime = SaveEvery, Period = SaveEvery });
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Save(cancellationToken);

    public ValueTask<AgentFacts[]> Tell(AgentWord[] words)
    {
        dirty = true;
        var now = clock.GetUtcNow();
        var facts = new List<AgentFacts>(words.Length);
        foreach (var word in words)
        {
            if (word.Seen is { } seen)
                facts.Add(state.Observe(seen, now));
            if (word.Outcome is { } outcome)
                state.Apply(outcome, now);
        }
        return new(facts.ToArray());
    }

    public Task DeniedByReviewer() => Learn(new AgentEvent.DeniedByReviewer());

    public Task Redeemed() => Learn(new AgentEvent.Redeemed());

    public Task SensitiveRead(ulong[] fingerprints) => Learn(new AgentEvent.SensitiveRead(fingerprints));

    Task Learn(AgentEvent what)
    {
        dirty = true;
        state.Apply(what, clock.GetUtcNow());
        return Task.CompletedTask;
    }

    async Task Save(CancellationToken cancel)
    {
        if (!dirty)
            return;
        memory.State = new() { Bytes = AgentStateBytes.Write(state) };
        await memory.WriteStateAsync(cancel);
        dirty = false;
    }
}

/// <summary>The memory as Orleans stores it.</summary>
[GenerateSerializer, Alias("agent-memory")]
public sealed class AgentMemory
{
    [Id(0)] public byte[] Bytes { get; set; } = [];
}
