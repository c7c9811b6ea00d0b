using Interven.Engine.Risk;
using Interven.GrainInterfaces;

namespace Interven.Grains.Agents;

/// <summary>
/// The memory of one agent below one key, or of all agents below a key together. Callers make agents' names up, so what an agent loses its key loses too, and
/// the lower trust counts: a new name below a key that is not trusted is not trusted either.
/// </summary>
[GrainType("agent")]
sealed class AgentGrain([PersistentState("agent-memory")] IPersistentState<AgentMemory> memory, TimeProvider clock) : Grain, IAgentGrain
{
    static readonly TimeSpan SaveEvery = TimeSpan.FromMinutes(1);
    AgentState state = new();
    IAgentGrain? whole;
    double wholeTrust = 1;
    bool dirty;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        state = AgentStateBytes.Read(memory.State.Bytes) ?? new();
        if (GrainKeys.AllAgentsOf(this.GetPrimaryKeyString()) is { } key)
            whole = GrainFactory.GetGrain<IAgentGrain>(key);
        // Awaited: a new name's first call counts with its key's trust already.
        await LookUp();
        this.RegisterGrainTimer(Keep, new() { DueTime = SaveEvery, Period = SaveEvery });
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Save(cancellationToken);

    public ValueTask<AgentFacts[]> Tell(AgentWord[] words)
    {
        dirty = true;
        var now = clock.GetUtcNow();
        var facts = new List<AgentFacts>(words.Length);
        List<AgentWord>? losses = null;
        foreach (var word in words)
        {
            if (word.Seen is { } seen)
                facts.Add(state.Observe(seen, now) is var own && own.Trust <= wholeTrust ? own : own with { Trust = wholeTrust });
            if (word.Outcome is not { } outcome)
                continue;
            var before = state.TrustAt(now);
            state.Apply(outcome, now);
            if (state.TrustAt(now) < before)
                (losses ??= []).Add(new(null, outcome));
        }
        if (losses is not null && whole is not null)
            _ = TellWhole([.. losses]);
        return new(facts.ToArray());
    }

    public async Task DeniedByReviewer()
    {
        await Learn(new AgentEvent.DeniedByReviewer());
        if (whole is not null)
            await whole.DeniedByReviewer();
    }

    public Task Redeemed() => Learn(new AgentEvent.Redeemed());

    public Task SensitiveRead(ulong[] fingerprints) => Learn(new AgentEvent.SensitiveRead(fingerprints));

    Task Learn(AgentEvent what)
    {
        dirty = true;
        state.Apply(what, clock.GetUtcNow());
        return Task.CompletedTask;
    }

    public Task<AgentStanding> Standing() => Task.FromResult(new AgentStanding(state.TrustAt(clock.GetUtcNow()), state.Scans));

    public async Task ResetTrust()
    {
        dirty = true;
        state.Apply(new AgentEvent.TrustReset(), clock.GetUtcNow());
        await LookUp();
        await Save(CancellationToken.None);
    }

    async Task TellWhole(AgentWord[] losses)
    {
        try
        {
            await whole!.Tell(losses);
            await LookUp();
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            // Until the key can be asked again, it is trusted no more than this agent.
            wholeTrust = Math.Min(wholeTrust, state.TrustAt(clock.GetUtcNow()));
        }
    }

    async Task Keep(CancellationToken cancel)
    {
        await LookUp();
        await Save(cancel);
    }

    async Task LookUp()
    {
        if (whole is not null)
            wholeTrust = (await whole.Standing()).Trust;
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
