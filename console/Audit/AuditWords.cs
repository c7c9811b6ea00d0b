using Interven.Contracts;

namespace Interven.Console.Audit;

/// <summary>How the audit log's words read. Of a long id the end is shown: UUIDv7 begin with the time, so that neighbours look alike.</summary>
static class AuditWords
{
    public static string Of(Actor actor) => actor.Kind == "system" ? "Interven" : $"{actor.Kind.Replace('_', ' ')} {Short(actor.Id)}";

    /// <summary>Of a target as the log writes it, <c>kind/id</c>.</summary>
    public static string Of(string target) => target.Split('/', 2) is [var kind, var id] ? Guid.TryParse(id, out _) ? $"{kind.Replace('_', ' ')} {Short(id)}" : id : target;

    /// <summary><c>ephemeral_key.minted</c> is a thing and what became of it.</summary>
    public static (string What, string How) Did(string action) => action.Replace('_', ' ').Split('.', 2) is [var what, var how] ? (what, how) : (action, "");

    static string Short(string id) => Guid.TryParse(id, out _) ? "…" + id[^8..] : id;
}
