using Interven.Contracts.Errors;
using Interven.Contracts.Settings;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Settings;
using Interven.Grains.Keys;
using Interven.Grains.Settings;

namespace Interven.Grains.Detecting;

[GrainType("detectors")]
sealed class DetectorsGrain(OwnDocuments documents) : Grain, IDetectorsGrain
{
    const int Most = 50;

    TenantId Tenant => new(GrainKeys.TenantOf(this.GetPrimaryKeyString()));

    public async Task<IReadOnlyList<DetectorRow>> List() => [.. (await documents.List(Tenant, StoredDetector.DocumentKind)).Select(one => StoredDetector.Of(one).Row(one))];

    public async Task<Reply<DetectorRow>> Create(DetectorRequest request, Actor actor) => Read(request, out var detector) is { Count: > 0 } problems
        ? KeyRules.Invalid(problems)
        : Row(await documents.Create(Tenant, StoredDetector.DocumentKind, request.Name!, detector.ToJson(), Most, actor));

    public async Task<Reply<DetectorRow>> Replace(Guid id, DetectorRequest request, Actor actor) => Read(request, out var detector) is { Count: > 0 } problems
        ? KeyRules.Invalid(problems)
        : Row(await documents.Replace(Tenant, StoredDetector.DocumentKind, id, request.Name!, detector.ToJson(), actor));

    public Task<Reply<Done>> Delete(Guid detector, Actor actor) => documents.Delete(Tenant, StoredDetector.DocumentKind, detector, actor);

    static List<FieldError> Read(DetectorRequest request, out StoredDetector detector)
    {
        var problems = new List<FieldError>();
        OwnNames.Check(request.Name, problems);
        detector = new(request.DataClass ?? "", request.Kind ?? "", request.Literals ?? [], request.Regex, request.Enabled);
        detector.Compile(request.Name ?? "", problems);
        return problems;
    }

    static Reply<DetectorRow> Row(Reply<Ports.TenantDocument> reply) => reply.Value is { } document ? StoredDetector.Of(document).Row(document) : reply.Refusal!;
}
