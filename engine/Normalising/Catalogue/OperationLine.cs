using Interven.Contracts;

namespace Interven.Engine.Normalising.Catalogue;

/// <summary>
/// An operation in one line of YAML: <c>ADMIN @iam PUT /orgs/{org}/memberships/{principal} | POST /orgs/{org}/invitations names add_member fields addMember</c>.
/// Verb (else by method), category (else the tool's), routes, other names, GraphQL fields; each may be absent.
/// </summary>
static class OperationLine
{
    static readonly string[] Sections = [" names ", " fields "];

    public static CatalogueOperation Read(string where, string name, string line, string category)
    {
        var rest = $" {line} ";
        Verb? verb = null;
        var (names, fields) = (Cut(ref rest, Sections[0]), Cut(ref rest, Sections[1]));
        var routes = new List<string>();
        foreach (var part in rest.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var route = part;
            while (route.Length > 0 && route.Split(' ', 2) is var words && (words[0][0] == '@' || Words.TryParseVerb(words[0], out _)))
            {
                if (words[0][0] == '@')
                    category = words[0][1..];
                else if (Words.TryParseVerb(words[0], out var one))
                    verb = one;
                route = words.Length > 1 ? words[1].Trim() : "";
            }
            if (route.Length > 0)
                routes.Add(route);
        }
        if (routes.Count == 0 && verb is null)
            throw new InvalidDataException($"{where}: neither route nor verb.");
        return new(name, verb ?? VerbOf(routes), category) { Routes = routes, Names = names, Fields = fields };
    }

    /// <summary>READ where all routes are GETs, else WRITE.</summary>
    public static Verb VerbOf(IReadOnlyList<string> routes) =>
        routes.Count > 0 && routes.All(route => route.StartsWith("GET ", StringComparison.Ordinal)) ? Verb.Read : Verb.Write;

    static string[] Cut(ref string rest, string section)
    {
        var start = rest.IndexOf(section, StringComparison.Ordinal);
        if (start < 0)
            return [];
        var list = rest[(start + section.Length)..];
        foreach (var other in Sections)
            if (list.IndexOf(other, StringComparison.Ordinal) is >= 0 and var end)
                list = list[..end];
        rest = rest.Remove(start + 1, section.Length - 1 + list.Length);
        return list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
