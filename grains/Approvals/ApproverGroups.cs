using System.Text.Json;
using System.Text.Json.Serialization;
using Interven.Contracts.Approvals;
using Interven.Contracts.Errors;
using Interven.GrainInterfaces;
using Interven.Grains.Keys;
using Interven.Grains.Ports;

namespace Interven.Grains.Approvals;

/// <summary>The groups of people that rules name with <c>approver_group</c>. Read when somebody decides, so that a change counts at once.</summary>
sealed class ApproverGroups(IDocumentStore documents, TimeProvider clock)
{
    const string Kind = "approver_group";
    const int MostMembers = 200, LongestName = 100, LongestMember = 200;

    static readonly Refusal None = new(404, ReasonCodes.NotFound, "There is no such group.");
    static readonly Refusal Taken = new(409, ReasonCodes.Conflict, "There is a group of that name already, or somebody else changed this one at the same time.");

    public async ValueTask<IReadOnlyList<ApproverGroup>> All(TenantId tenant) => [.. (await documents.List(tenant, Kind)).Select(Shown)];

    /// <summary>A group that does not exist has no members: nobody may approve then.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="group">Its name.</param>
    /// <param name="names">All that the person is known by: <c>kind/id</c>, e-mail address.</param>
    public async ValueTask<bool> Contains(TenantId tenant, string group, IReadOnlyList<string> names) =>
        (await All(tenant)).FirstOrDefault(one => one.Name == group) is { } found
        && found.Members.Any(member => names.Contains(member, StringComparer.OrdinalIgnoreCase));

    public async ValueTask<Reply<ApproverGroup>> Create(TenantId tenant, ApproverGroupRequest request, Actor actor)
    {
        if (Check(request) is { Count: > 0 } problems)
            return KeyRules.Invalid(problems);
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var made = await documents.Create(Document(tenant, id, request), Audit(tenant, actor, "approver_group.created", id, null, request));
        return made.IsDone ? Shown(made.Value!) : Taken;
    }

    public async ValueTask<Reply<ApproverGroup>> Change(TenantId tenant, Guid group, ApproverGroupRequest request, Actor actor)
    {
        if (await documents.Find(tenant, Kind, group.ToString()) is not { } before)
            return None;
        if (Check(request) is { Count: > 0 } problems)
            return KeyRules.Invalid(problems);
        var changed = await documents.Update(Document(tenant, group, request), before.Version, Audit(tenant, actor, "approver_group.changed", group, before.Document.Json, request));
        return changed.IsDone ? Shown(changed.Value!) : changed.Outcome == ChangeOutcome.NotFound ? None : Taken;
    }

    public async ValueTask<Reply<Done>> Delete(TenantId tenant, Guid group, Actor actor)
    {
        var before = await documents.Find(tenant, Kind, group.ToString());
        var gone = await documents.Delete(tenant, Kind, group.ToString(), Audit(tenant, actor, "approver_group.deleted", group, before?.Document.Json, null));
        return gone.IsDone ? Done.It : None;
    }

    static List<FieldError> Check(ApproverGroupRequest request)
    {
        var problems = new List<FieldError>();
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > LongestName)
            problems.Add(new("$.name", $"A name of 1 to {LongestName} characters is required."));
        if (request.Members is not { Count: >= 1 and <= MostMembers })
            problems.Add(new("$.members", $"1 to {MostMembers} members are required."));
        else
            for (var i = 0; i < request.Members.Count; i++)
                if (request.Members[i] is not { Length: > 2 and <= LongestMember } member || !member.AsSpan(1, member.Length - 2).ContainsAny('/', '@'))
                    problems.Add(new($"$.members[{i}]", "A member is `kind/id` (user, service_account, slack) or an e-mail address."));
        return problems;
    }

    static NewDocument Document(TenantId tenant, Guid id, ApproverGroupRequest request) =>
        new(tenant, Kind, id.ToString(), request.Name!, JsonSerializer.Serialize(new StoredGroup(request.Members!), GroupJson.Default.StoredGroup));

    static AuditRow Audit(TenantId tenant, Actor actor, string action, Guid id, string? before, ApproverGroupRequest? after) => new()
    {
        Tenant = tenant,
        Actor = actor,
        Action = action,
        Target = $"approver_group/{id}",
        Before = before,
        After = after is null ? null : JsonSerializer.Serialize(new StoredGroup(after.Members!), GroupJson.Default.StoredGroup),
    };

    static ApproverGroup Shown(TenantDocument stored) => new(
        Guid.Parse(stored.Document.Id), stored.Document.Name, JsonSerializer.Deserialize(stored.Document.Json, GroupJson.Default.StoredGroup)!.Members, stored.ChangedAt);
}

/// <summary>A group as it is stored.</summary>
sealed record StoredGroup([property: JsonPropertyName("members")] IReadOnlyList<string> Members);

[JsonSerializable(typeof(StoredGroup))]
sealed partial class GroupJson : JsonSerializerContext;
