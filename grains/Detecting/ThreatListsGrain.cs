using Interven.Contracts.Errors;
using Interven.Contracts.Settings;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Settings;
using Interven.Grains.Keys;
using Interven.Grains.Ports;
using Interven.Grains.Settings;

namespace Interven.Grains.Detecting;

[GrainType("threat-lists")]
sealed class ThreatListsGrain(OwnDocuments documents) : Grain, IThreatListsGrain
{
    const int Most = 20, MostEntries = 10_000, LongestEntry = 2048, MostProblems = 20;

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<IReadOnlyList<ThreatListRow>> List() => [.. (await documents.List(Tenant, StoredThreatList.DocumentKind)).Select(one => Row(one, withEntries: false))];

    public async Task<Reply<ThreatListRow>> Find(Guid list) => Row(await documents.Find(Tenant, StoredThreatList.DocumentKind, list));

    public async Task<Reply<ThreatListRow>> Create(ThreatListRequest request, Actor actor) => Check(request) is { Count: > 0 } problems
        ? KeyRules.Invalid(problems)
        : Row(await documents.Create(Tenant, StoredThreatList.DocumentKind, request.Name!, new StoredThreatList(request.Entries!).ToJson(), Most, actor));

    public async Task<Reply<ThreatListRow>> Replace(Guid list, ThreatListRequest request, Actor actor) => Check(request) is { Count: > 0 } problems
        ? KeyRules.Invalid(problems)
        : Row(await documents.Replace(Tenant, StoredThreatList.DocumentKind, list, request.Name!, new StoredThreatList(request.Entries!).ToJson(), actor));

    public Task<Reply<Done>> Delete(Guid list, Actor actor) => documents.Delete(Tenant, StoredThreatList.DocumentKind, list, actor);

    static List<FieldError> Check(ThreatListRequest request)
    {
        var problems = new List<FieldError>();
        OwnNames.Check(request.Name, problems);
        if (request.Entries is not { Count: >= 1 and <= MostEntries } entries)
            problems.Add(new("$.entries", $"1 to {MostEntries} entries are required."));
        else
            for (var i = 0; i < entries.Count && problems.Count < MostProblems; i++)
                if (entries[i] is not { Length: > 0 and <= LongestEntry } entry || entry.Any(c => char.IsControl(c) || c == ' ') || StoredThreatList.Feed("", [entry]) is not { Skipped: 0 } feed
                    || feed.Hosts.Count + feed.Addresses.Count + feed.Urls.Count == 0)
                    problems.Add(new($"$.entries[{i}]", "This is no host, address, IPv4 CIDR block or URL."));
        return problems;
    }

    static Reply<ThreatListRow> Row(Reply<TenantDocument> reply) => reply.Value is { } document ? Row(document, withEntries: true) : reply.Refusal!;

    static ThreatListRow Row(TenantDocument document, bool withEntries)
    {
        var entries = StoredThreatList.Of(document).Entries;
        return new(Guid.ParseExact(document.Document.Id, "N"), document.Document.Name, entries.Count, withEntries ? entries : null, document.CreatedAt, document.ChangedAt);
    }
}
