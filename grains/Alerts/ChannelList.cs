using Interven.Engine.Alerts;
using Interven.Grains.Ports;

namespace Interven.Grains.Alerts;

/// <summary>A tenant's alert channels as they are stored.</summary>
public sealed class ChannelList(IDocumentStore documents)
{
    /// <summary>Kind of the tenant documents that channels are.</summary>
    public const string Kind = "channel";

    /// <summary>Field under which a channel's secrets are sealed.</summary>
    public const string SecretsField = "secrets";

    public async ValueTask<IReadOnlyList<(string Id, ChannelSpec Spec)>> All(TenantId tenant) =>
        [.. (await documents.List(tenant, Kind)).Select(row => (row.Document.Id, ChannelSpec.Read(row.Document.Json)))];

    public async ValueTask<AlertInterest> Interest(TenantId tenant) => AlertInterest.Of([.. (await All(tenant)).Select(one => one.Spec)]);
}
