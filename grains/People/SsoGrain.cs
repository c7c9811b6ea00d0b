using System.Text;
using System.Text.Json;
using Interven.Contracts.Errors;
using Interven.Contracts.People;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.People;
using Interven.Grains.Keys;
using Interven.Grains.Ports;

namespace Interven.Grains.People;

[GrainType("sso")]
sealed class SsoGrain(IDocumentStore documents, IVault vault, IEgressUrls urls) : Grain, ISsoGrain
{
    const string Kind = SsoContent.Kind, Id = SsoContent.Id, Field = SsoContent.Field;
    const int MostDomains = 50;
    static readonly Refusal None = new(404, ReasonCodes.NotFound, "Single sign-on is not set up.");

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<Reply<Sso>> Read(string baseUrl) => Shown(await documents.Find(Tenant, Kind, Id), baseUrl);

    public async Task<Reply<Sso>> Put(PutSsoRequest request, string baseUrl, Actor actor)
    {
        var problems = Check(request);
        if (problems.Count > 0)
            return KeyRules.Invalid(problems);
        var before = await documents.Find(Tenant, Kind, Id);
        // The secret that one provider gave is not for another one.
        if (before?.Document.Sealed is not null && string.IsNullOrEmpty(request.ClientSecret) && Of(before).Issuer != request.Issuer)
            return KeyRules.Invalid([new("$.client_secret", "Another issuer needs a secret of its own.")]);
        var content = new SsoContent(request.Issuer!, request.ClientId!, [.. (request.Domains ?? []).Select(domain => domain.ToLowerInvariant()).Distinct()], request.Enabled);
        var json = JsonSerializer.Serialize(content);
        var sealer = await vault.For(Tenant);
        var secret = request.ClientSecret is { Length: > 0 } text ? sealer.Seal(Encoding.UTF8.GetBytes(text), Id, Field) : null;
        var audit = new AuditRow { Tenant = Tenant, Actor = actor, Action = "sso.changed", Target = "sso", Before = before is null ? null : AuditJson.Of(Of(before)), After = AuditJson.Of(content) };
        var changed = before is null
            ? await documents.Create(new(Tenant, Kind, Id, Id, json, secret), audit)
            : await documents.Update(new(Tenant, Kind, Id, Id, json, secret), before.Version, audit);
        return changed.IsDone ? Shown(changed.Value!, baseUrl) : new Refusal(409, ReasonCodes.Conflict, "It was changed at this moment. Look again.");
    }

    public async Task<Reply<Done>> Remove(Actor actor)
    {
        if (await documents.Find(Tenant, Kind, Id) is not { } before)
            return None;
        var changed = await documents.Delete(Tenant, Kind, Id, new() { Tenant = Tenant, Actor = actor, Action = "sso.removed", Target = "sso", Before = AuditJson.Of(Of(before)) });
        return changed.IsDone ? Done.It : None;
    }

    List<FieldError> Check(PutSsoRequest request)
    {
        var problems = new List<FieldError>();
        if (urls.Check(request.Issuer) is { } problem)
            problems.Add(new("$.issuer", problem));
        else if (request.Issuer!.Contains('?', StringComparison.Ordinal) || request.Issuer.Contains('#', StringComparison.Ordinal))
            problems.Add(new("$.issuer", "An issuer has neither query nor fragment."));
        if (string.IsNullOrWhiteSpace(request.ClientId) || request.ClientId.Length > 200 || request.ClientId.Any(char.IsControl))
            problems.Add(new("$.client_id", "A client id of 1 to 200 characters is required."));
        if (request.ClientSecret?.Length > 500)
            problems.Add(new("$.client_secret", "At most 500 characters."));
        if (request.Domains?.Count > MostDomains)
            problems.Add(new("$.domains", $"At most {MostDomains} domains."));
        for (var i = 0; i < request.Domains?.Count; i++)
            if (Uri.CheckHostName(request.Domains[i]) != UriHostNameType.Dns || !request.Domains[i].Contains('.', StringComparison.Ordinal))
                problems.Add(new($"$.domains[{i}]", "This is no domain such as acme.example."));
        return problems;
    }

    Sso Shown(TenantDocument? document, string baseUrl)
    {
        var start = $"{baseUrl.TrimEnd('/')}/api/auth/oidc/t-{Tenant.Value:N}";
        if (document is null)
            return new(false, null, null, false, [], false, start, start + "/callback");
        var content = Of(document);
        return new(true, content.Issuer, content.ClientId, document.Document.Sealed is not null, content.Domains, content.Enabled, start, start + "/callback");
    }

    static SsoContent Of(TenantDocument document) => JsonSerializer.Deserialize<SsoContent>(document.Document.Json)!;
}
