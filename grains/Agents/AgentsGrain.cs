using Interven.Contracts.Agents;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Agents;
using Interven.Grains.Keys;
using Interven.Grains.Leases;
using Interven.Grains.Ports;
using Interven.Grains.Tenants;

namespace Interven.Grains.Agents;

[GrainType("agents"), StatelessWorker, Reentrant]
sealed class AgentsGrain(IAgentStore agents, IAuditLog audit, TenantCache tenants, ChangeBarrier barrier) : Grain, IAgentsGrain
{
    const int Newest = 1000, MostKeys = 20, MostTools = 10;
    static readonly Refusal NotFound = new(404, ReasonCodes.NotFound, "There is no such agent.");

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<Page<AgentSummary>> List(string after, int limit)
    {
        var rows = await agents.List(Tenant, after, limit);
        return new([.. rows.Select(Row)], rows.Count == limit ? rows[^1].AgentId : null);
    }

    public async Task<Reply<AgentDetail>> Find(string agent)
    {
        if (await agents.Find(Tenant, agent) is not { } row)
            return NotFound;
        var habits = await agents.Habits(Tenant, row.AgentId, Newest);
        var trust = new List<AgentTrust>();
        foreach (var (key, memory, ofKey) in await Memories(row.AgentId, habits))
        {
            var (own, whole) = (await memory.Standing(), await ofKey.Standing());
            trust.Add(new(key, Math.Round(own.Trust, 3), Math.Round(whole.Trust, 3), own.Scans));
        }
        return new AgentDetail(Row(row), trust,
            [.. habits.GroupBy(habit => habit.Decision).OrderBy(group => group.Key).Select(group => new AgentCount(group.Key.Word(), group.Sum(habit => habit.Records)))],
            [.. habits.GroupBy(habit => habit.Tool).Select(group => new AgentCount(group.Key, group.Sum(habit => habit.Records))).OrderByDescending(tool => tool.Count).Take(MostTools)]);
    }

    public async Task<Reply<AgentSummary>> Patch(string agent, PatchAgentRequest change, Actor actor)
    {
        if (change.Owner is { } owner && (owner.Length > 200 || owner.Any(char.IsControl)))
            return KeyRules.Invalid([new("$.owner", "An owner has at most 200 characters.")]);
        if (await agents.Find(Tenant, agent) is not { } row)
            return NotFound;
        if (change.Owner is null)
            return Row(row);
        var changed = await agents.SetOwner(Tenant, agent, change.Owner.Length > 0 ? change.Owner : null, Audit(actor, "agent.owner_changed", agent));
        if (!changed.IsDone)
            return NotFound;
        await barrier.Pass(changed.ChangeId);
        return Row(changed.Value!);
    }

    public async Task<Reply<Done>> ResetTrust(string agent, Actor actor)
    {
        if (await agents.Find(Tenant, agent) is not { } row)
            return NotFound;
        // The word comes before the deed: a reset without its row must not be.
        await audit.Write(Audit(actor, "agent.trust_reset", agent));
        foreach (var (_, memory, ofKey) in await Memories(row.AgentId, await agents.Habits(Tenant, row.AgentId, Newest)))
        {
            await ofKey.ResetTrust();
            await memory.ResetTrust();
        }
        return Done.It;
    }

    public async Task<Reply<Done>> Delete(string agent, Actor actor)
    {
        var changed = await agents.Delete(Tenant, agent, Audit(actor, "agent.deleted", agent));
        if (changed.Outcome == ChangeOutcome.Conflict)
            return new Refusal(409, ReasonCodes.Conflict, "The agent is suspended: deleting it would let it act again. Reactivate it first.");
        if (!changed.IsDone)
            return NotFound;
        await barrier.Pass(changed.ChangeId);
        return Done.It;
    }

    /// <summary>The agent's memory below each key that used it lately, and each key's own.</summary>
    async Task<IReadOnlyList<(string Key, IAgentGrain Memory, IAgentGrain OfKey)>> Memories(string agent, IReadOnlyList<AgentHabit> habits)
    {
        if (await tenants.Find(Tenant) is not { } tenant)
            return [];
        var label = tenant.Key.OfLabel(agent);
        return [.. habits.Select(habit => habit.KeyId).Distinct().Take(MostKeys).Select(key => (key,
            GrainFactory.GetGrain<IAgentGrain>(GrainKeys.Agent(Tenant.Value, key, label)), GrainFactory.GetGrain<IAgentGrain>(GrainKeys.AllAgents(Tenant.Value, key))))];
    }

    static AgentSummary Row(AgentRow row) => new(row.AgentId, row.Name, row.Runtime, row.Suspended ? "suspended" : "active", row.Suspended ? row.SuspendedReason : null, row.Owner, row.Scans,
        row.FirstSeenAt, row.LastSeenAt);

    AuditRow Audit(Actor actor, string action, string agent) => new() { Tenant = Tenant, Actor = actor, Action = action, Target = "agent/" + agent };
}
