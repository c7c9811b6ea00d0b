using System.Text;
using System.Text.Json;
using Interven.Contracts.Audit;
using Interven.GrainInterfaces.Evidence;
using Interven.Grains.Approvals;
using Interven.Grains.People;
using Interven.Grains.Ports;

namespace Interven.Grains.Evidence;

/// <summary>Rows of the audit log in the words of the API.</summary>
static class AuditViews
{
    public static AuditFilter ToFilter(this AuditQuery query) => new()
    {
        Since = query.Since,
        Until = query.Until,
        ActorId = query.Actor,
        Action = query.Action,
        Target = query.Target,
        Result = query.Result,
    };

    static AuditEntry ToEntry(this StoredAudit stored) => new(
        stored.Id, stored.Time, stored.Row.Actor, stored.Row.Action, stored.Row.Target, Json(stored.Row.Before), Json(stored.Row.After), stored.Row.Result);

    /// <summary>With people called as people call them.</summary>
    public static async ValueTask<AuditEntry> ToEntry(this StoredAudit stored, NameBook names) => stored.ToEntry() with
    {
        ActorName = await names.Of(Duties.PersonOf(stored.Row.Actor)),
        TargetName = await names.Of(stored.Row.Target),
    };

    /// <summary>What was written as a bare text is shown as one.</summary>
    static JsonElement? Json(string? text)
    {
        if (text is null)
            return null;
        try
        {
            return DecisionViews.Parse(Encoding.UTF8.GetBytes(text));
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text, AuditTexts.Default.String);
        }
    }
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
sealed partial class AuditTexts : System.Text.Json.Serialization.JsonSerializerContext;
