using Interven.Contracts;
using Interven.Contracts.People;

namespace Interven.Console.Audit;

/// <summary>How the audit log's ids read: people by their addresses, where the reader may know them; of a long id its end, which tells neighbours apart.</summary>
sealed class AuditNames(IReadOnlyList<TeamMember> people)
{
    readonly Dictionary<string, string> emails = people.ToDictionary(person => person.UserId.ToString(), person => person.Email);

    public string Of(Actor actor) => emails.GetValueOrDefault(actor.Id) ?? (actor.Kind == "system" ? "Interven" : $"{actor.Kind.Replace('_', ' ')} {Short(actor.Id)}");

    /// <summary>Of a target as the log writes it, <c>kind/id</c>.</summary>
    public string Of(string target) => target.Split('/', 2) is [var kind, var id]
        ? Guid.TryParse(id, out _) ? emails.GetValueOrDefault(id) ?? $"{kind.Replace('_', ' ')} {Short(id)}" : id
        : target;

    static string Short(string id) => Guid.TryParse(id, out _) ? "…" + id[^8..] : id;
}
