using System.Text.Json;
using Interven.Contracts.Errors;
using Interven.Contracts.Evidence;
using Interven.Engine.Evidence.Retention;
using Interven.GrainInterfaces;
using Interven.Grains.Leases;
using Interven.Grains.Ports;

namespace Interven.Grains.Evidence;

/// <summary>Legal holds as documents of the tenant.</summary>
sealed class LegalHolds(IDocumentStore documents, ChangeBarrier barrier, TimeProvider clock)
{
    const string Kind = "legal_hold";
    const int MostReason = 500, Most = 200;

    public async Task<IReadOnlyList<LegalHold>> List(TenantId tenant) => [.. (await documents.List(tenant, Kind)).Select(Read).OrderByDescending(hold => hold.CreatedAt)];

    /// <summary>What may not be deleted now.</summary>
    public async Task<IReadOnlyList<DecisionHold>> InForce(TenantId tenant) =>
        [.. RetentionPlan.InForce(await List(tenant), clock.GetUtcNow()).Select(scope => new DecisionHold(scope.AgentId, scope.Since, scope.Until))];

    public async Task<Reply<LegalHold>> Create(TenantId tenant, CreateHoldRequest request, Actor actor)
    {
        var problems = Problems(request);
        if (problems.Count > 0)
            return new Refusal(400, ReasonCodes.InvalidRequest, problems[0].Message, problems);
        if ((await documents.List(tenant, Kind)).Count >= Most)
            return new Refusal(409, ReasonCodes.Conflict, $"A tenant has at most {Most} legal holds.");
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var hold = new LegalHold(id, request.Scope!, request.Reason!, request.Until, true, $"{actor.Kind}/{actor.Id}", now);
        var json = JsonSerializer.Serialize(hold, ContractJson.Default.LegalHold);
        var made = await documents.Create(new(tenant, Kind, id.ToString("N"), id.ToString("N"), json),
            new() { Tenant = tenant, Actor = actor, Action = AuditActions.HoldCreated, Target = $"hold/{id}", After = json });
        await barrier.Pass(made.ChangeId);
        return made.IsDone ? hold : new Refusal(409, ReasonCodes.Conflict, "The hold could not be made; try again.");
    }

    public async Task<Reply<Done>> Release(TenantId tenant, Guid hold, Actor actor)
    {
        if (await documents.Find(tenant, Kind, hold.ToString("N")) is not { } found)
            return new Refusal(404, ReasonCodes.NotFound, "There is no such hold.");
        var gone = await documents.Delete(tenant, Kind, hold.ToString("N"),
            new() { Tenant = tenant, Actor = actor, Action = AuditActions.HoldReleased, Target = $"hold/{hold}", Before = found.Document.Json });
        await barrier.Pass(gone.ChangeId);
        return gone.IsDone ? Done.It : new Refusal(404, ReasonCodes.NotFound, "There is no such hold.");
    }

    LegalHold Read(TenantDocument document)
    {
        var hold = JsonSerializer.Deserialize(document.Document.Json, ContractJson.Default.LegalHold) ?? throw new InvalidOperationException("A legal hold cannot be read.");
        return hold with { IsActive = RetentionPlan.IsActive(hold.Until, clock.GetUtcNow()) };
    }

    List<FieldError> Problems(CreateHoldRequest request)
    {
        var problems = new List<FieldError>();
        if (request.Scope is null)
            problems.Add(new("$.scope", "A scope is required; an empty one covers everything."));
        else if (request.Scope.AgentId is { Length: 0 or > 200 })
            problems.Add(new("$.scope.agent_id", "An agent id has 1 to 200 characters."));
        else if (request.Scope.Since >= request.Scope.Until)
            problems.Add(new("$.scope.until", "`until` must be later than `since`."));
        if (string.IsNullOrWhiteSpace(request.Reason) || request.Reason.Length > MostReason)
            problems.Add(new("$.reason", $"A reason of 1 to {MostReason} characters is required."));
        if (request.Until is { } until && until <= clock.GetUtcNow())
            problems.Add(new("$.until", "The end must lie in the future."));
        return problems;
    }
}
