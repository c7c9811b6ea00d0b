using System.Text.Json;
using Interven.Contracts.Errors;
using Interven.Contracts.Policies;
using Interven.Engine.Policies;
using Interven.GrainInterfaces;
using Interven.Grains.Ports;
using PolicyRow = Interven.Contracts.Policies.PolicyRow;
using StoredRow = Interven.Grains.Ports.PolicyRow;

namespace Interven.Grains.Tenants;

sealed partial class TenantGrain
{
    static readonly Refusal NoPolicy = new(404, ReasonCodes.NotFound, "There is no such policy.");

    public async Task<Reply<AppliedPolicy>> ApplyPolicy(byte[] document, Actor actor)
    {
        var reading = PolicyReader.Read(document);
        if (reading.Document is not { } policy)
            return Invalid(reading);
        if (await EnvProblem(policy) is { } problem)
            return problem;
        var id = new PolicyId(Guid.CreateVersion7(clock.GetUtcNow()));
        return await Settle(await policies.Apply(Draft(policy, id, actor), Audit(actor, "policy.applied", "policy/" + id)), policy);
    }

    public async Task<Reply<AppliedPolicy>> UpdatePolicy(Guid policy, byte[] document, Actor actor)
    {
        if (await policies.Find(Tenant, new(policy)) is not { } stored)
            return NoPolicy;
        var reading = PolicyReader.Read(document);
        if (reading.Document is not { } changedTo)
            return Invalid(reading);
        if (changedTo.Name != stored.Name || changedTo.EnvName != stored.Env)
            return new Refusal(409, ReasonCodes.Conflict, "`name` and `env_name` are a policy's identity; apply a new policy and delete this one to rename it.");
        return await Settle(await policies.Apply(Draft(changedTo, new(policy), actor), Audit(actor, "policy.changed", "policy/" + policy)), changedTo);
    }

    public async Task<Reply<Done>> DeletePolicy(Guid policy, Actor actor)
    {
        var changed = await policies.Delete(Tenant, new(policy), Audit(actor, "policy.deleted", "policy/" + policy));
        if (!changed.IsDone)
            return NoPolicy;
        await barrier.Pass(changed.ChangeId);
        return Done.It;
    }

    public async Task<Reply<AppliedPolicy>> RestorePolicy(Guid policy, int version, Actor actor)
    {
        if (await policies.FindVersion(Tenant, new(policy), version) is not { } old)
            return new Refusal(404, ReasonCodes.NotFound, "The policy has no such version.");
        var document = Parse(old.Content);
        var changed = await policies.Restore(Tenant, new(policy), version, actor.Id, Audit(actor, "policy.restored", "policy/" + policy));
        return changed.Value is null ? NoPolicy : await Settle(changed, document);
    }

    public async Task<Reply<AppliedPolicy>> PolicyByName(string name, string? envName) =>
        await policies.FindByName(Tenant, name, envName) is { } row ? Applied(row, Parse(row.Content)) : NoPolicy;

    public async Task<IReadOnlyList<PolicyRow>> Policies() => [.. (await policies.All(Tenant)).Select(row => Listed(row, ""))];

    public async Task<Reply<PolicyDetail>> Policy(Guid policy)
    {
        if (await policies.Find(Tenant, new(policy)) is not { } row)
            return NoPolicy;
        var versions = await policies.Versions(Tenant, new(policy));
        return new PolicyDetail(Listed(row, versions.Count > 0 ? versions[0].Author : ""), Json(row.Content));
    }

    public async Task<Reply<IReadOnlyList<PolicyVersion>>> PolicyVersions(Guid policy)
    {
        var versions = await policies.Versions(Tenant, new(policy));
        if (versions.Count == 0)
            return NoPolicy;
        return new() { Value = [.. versions.Select(one => new PolicyVersion(one.Version, one.CreatedAt, one.Author, Convert.ToHexStringLower(one.ContentHash), Json(one.Content)))] };
    }

    public async Task<PolicyValidation> ValidatePolicy(byte[] document)
    {
        var reading = PolicyReader.Read(document);
        var problems = Errors(reading.Problems);
        if (reading.Document is { } policy && await EnvProblem(policy) is { } problem)
            problems.AddRange(problem.Errors!);
        return new(problems.Count == 0, problems, Errors(reading.Warnings), problems.Count == 0 ? Json(reading.Document!.ToCanonicalJson()) : null);
    }

    async Task<Reply<AppliedPolicy>> Settle(Changed<StoredRow> changed, PolicyDocument policy)
    {
        if (!changed.IsDone)
            return new Refusal(409, ReasonCodes.Conflict, "Somebody else changed the policy at the same time; read it and try again.");
        await barrier.Pass(changed.ChangeId);
        return Applied(changed.Value!, policy);
    }

    async Task<Refusal?> EnvProblem(PolicyDocument policy)
    {
        if (policy.EnvName is not { } env || await cache.Find(Tenant) is { } tenant && tenant.Environments.Contains(env))
            return null;
        return new(400, ReasonCodes.InvalidPolicy, "The policy names an environment that the tenant does not have.", [new("$.env_name", "The tenant has no such environment.")]);
    }

    PolicyDraft Draft(PolicyDocument policy, PolicyId id, Actor actor)
    {
        var content = policy.ToCanonicalJson();
        return new(Tenant, id, policy.Name, policy.EnvName, content, System.Security.Cryptography.SHA256.HashData(content), policy.Enabled, actor.Id);
    }

    static AppliedPolicy Applied(StoredRow row, PolicyDocument policy) => new(row.Policy.Value, row.Name, row.Env, row.Version, policy.Rules.Count);

    static PolicyRow Listed(StoredRow row, string author)
    {
        var policy = Parse(row.Content);
        return new(row.Policy.Value, row.Name, row.Env, row.Version, row.Enabled, policy.Mode == PolicyMode.Monitor ? "monitor" : "enforce",
            policy.Rules.Count, policy.Description, row.ChangedAt, author);
    }

    static PolicyDocument Parse(byte[] content) =>
        PolicyReader.Read(content).Document ?? throw new InvalidOperationException("A stored policy cannot be read.");

    static Refusal Invalid(PolicyReading reading) =>
        new(400, ReasonCodes.InvalidPolicy, "The policy is refused whole.", Errors(reading.Problems));

    static List<FieldError> Errors(IReadOnlyList<PolicyProblem> problems) => [.. problems.Select(problem => new FieldError(problem.Path, problem.Message))];

    static JsonElement Json(byte[] content)
    {
        using var document = JsonDocument.Parse(content);
        return document.RootElement.Clone();
    }
}
