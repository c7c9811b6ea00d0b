using Interven.Console.Http;
using Interven.Contracts;

namespace Interven.Console.Incidents;

/// <summary>How many incidents nobody has closed yet.</summary>
static class OpenIncidents
{
    public const int Most = 100;

    /// <summary>At most 100; null where it could not be asked.</summary>
    public static async Task<int?> Count(Api api)
    {
        var (open, looked) = (await api.Get($"/api/incidents?status=open&limit={Most}", ContractJson.Default.PageIncident), await api.Get($"/api/incidents?status=investigating&limit={Most}", ContractJson.Default.PageIncident));
        return open.IsOk && looked.IsOk ? Math.Min(Most, open.Value.Items.Count + looked.Value.Items.Count) : null;
    }
}
