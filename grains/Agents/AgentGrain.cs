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

    public ValueTask<AgentFacts> Observe(AgentObservation seen)
    {
        dirty = true;
        return new(state.Observe(seen, clock.GetUtcNow()));
    }

    public Task Decided(AgentEvent.Decided outcome)
    {
        dirty = true;
        state.Apply(outcome, clock.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task SensitiveRead(ulong[] fingerprints)
    {
        dirty = true;
        state.Apply(new AgentEvent.SensitiveRead(fingerprints), clock.GetUtcNow());
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
