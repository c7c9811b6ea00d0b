using Interven.Grains.Ports;

namespace Interven.Grains.Approvals;

/// <summary>Who may say yes to a call: not those whose own it is (ruling 18), and only members of the group that the rule names.</summary>
sealed class Duties(
    IKeyStore keys, IEphemeralKeyStore ephemeralKeys, IAgentStore agents, IUserStore users, ApproverGroups groups, SeparateDuties separate)
{
    /// <param name="opening">The approval.</param>
    /// <param name="groupToday">The group that today's rules ask for; null for none.</param>
    /// <param name="agentId">The agent as it was sent; null where only its redacted name is known.</param>
    /// <param name="actor">Who wants to approve.</param>
    public async ValueTask<Standing> Of(ApprovalOpening opening, string? groupToday, string? agentId, Actor actor)
    {
        var names = await NamesOf(opening.Tenant, actor);
        var isOwn = await IsOwn(opening, agentId ?? opening.AgentId, actor, names);
        return new(isOwn, isOwn && await separate.Hold(opening.Tenant, actor.Id),
            await IsMember(opening.Tenant, opening.ApproverGroup, names) && (groupToday == opening.ApproverGroup || await IsMember(opening.Tenant, groupToday, names)));
    }

    async ValueTask<bool> IsMember(TenantId tenant, string? group, IReadOnlyList<string> names) => group is null || await groups.Contains(tenant, group, names);

    /// <summary>One person, whatever the door.</summary>
    public static string PersonOf(Actor actor) => $"{actor.Kind}/{actor.Id}";

    /// <summary>All that a person is known by.</summary>
    async ValueTask<IReadOnlyList<string>> NamesOf(TenantId tenant, Actor actor) =>
        actor.Kind == "user" && Guid.TryParse(actor.Id, out var id) && await users.Find(tenant, new(id)) is { RemovedAt: null } user
            ? [PersonOf(actor), actor.Id, user.Email]
            : [PersonOf(actor), actor.Id];

    /// <summary>The person minted the calling key or the key that it was minted with, or is named as the agent's owner.</summary>
    async ValueTask<bool> IsOwn(ApprovalOpening opening, string agentId, Actor actor, IReadOnlyList<string> names)
    {
        var key = await keys.Find(new(opening.KeyId))
            ?? (await ephemeralKeys.Find(new(opening.KeyId)) is { } child ? await keys.Find(child.Parent) : null);
        return key?.Key.Tenant == opening.Tenant && key.Key.CreatedBy == actor.Id
            || (await agents.Find(opening.Tenant, agentId))?.Owner is { } owner && names.Contains(owner, StringComparer.OrdinalIgnoreCase);
    }
}

/// <summary>What a person is to an approval.</summary>
/// <param name="IsOwn">Their own key or agent asked.</param>
/// <param name="AreSeparate">And somebody else could decide, so that they may not.</param>
/// <param name="IsEligible">They belong to the group that was asked for, if one was.</param>
readonly record struct Standing(bool IsOwn, bool AreSeparate, bool IsEligible);
