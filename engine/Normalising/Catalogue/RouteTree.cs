namespace Interven.Engine.Normalising.Catalogue;

/// <summary>
/// Path templates of one tool as a tree over segments. Literals go before patterns (<c>{id}.json</c>), those before <c>{any}</c> and <c>{**}</c>.
/// Letter case is no difference: several vendors do not care, and a rule must not be dodged by it. Each node is visited at most once per call.
/// </summary>
sealed class RouteTree
{
    readonly Node root = new();

    /// <summary>Adds <c>METHOD /path?query</c>; false where the text has no such form or the place is taken.</summary>
    public bool TryAdd(string text, CatalogueOperation operation)
    {
        var space = text.IndexOf(' ', StringComparison.Ordinal);
        if (space <= 0 || space + 1 >= text.Length || text[space + 1] != '/')
            return false;
        var path = text[(space + 1)..].Split('?', 2);
        var query = path.Length > 1 ? path[1].Split('=', 2) : [];
        var node = root;
        var captures = new List<(int, Capture)>();
        var segments = path[0].Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < segments.Length && segments[i] != "{**}"; i++)
        {
            if (CaptureIn(segments[i]) is { } capture)
                captures.Add((i, capture));
            node = node.Descend(segments[i]);
        }
        var route = new Route(text[..space], query.ElementAtOrDefault(0), query.ElementAtOrDefault(1), operation, [.. captures]);
        return Place(segments is [.., "{**}"] ? node.Rest : node.Here, route);
    }

    public Route? Find(ReadOnlySpan<char> method, PathSegments segments, ReadOnlySpan<char> query) => root.Find(method, segments, 0, query);

    static bool Place(List<Route> routes, Route route)
    {
        if (routes.Exists(r => r.Method == route.Method && r.QueryName == route.QueryName && r.QueryValue == route.QueryValue))
            return false;
        routes.Insert(route.QueryName is null ? routes.Count : 0, route);
        return true;
    }

    static Capture? CaptureIn(string segment)
    {
        var open = segment.IndexOf('{', StringComparison.Ordinal);
        var close = segment.IndexOf('}', StringComparison.Ordinal);
        return open >= 0 && close > open && Enum.TryParse<Capture>(segment[(open + 1)..close], ignoreCase: true, out var capture) ? capture : null;
    }

    sealed class Node
    {
        readonly Dictionary<string, Node> literals = new(StringComparer.OrdinalIgnoreCase);
        readonly List<(string Prefix, string Suffix, Node Next)> patterns = [];
        Node? any;

        public List<Route> Here { get; } = [];
        public List<Route> Rest { get; } = [];

        public Node Descend(string segment)
        {
            var open = segment.IndexOf('{', StringComparison.Ordinal);
            if (open < 0)
                return literals.TryGetValue(segment, out var next) ? next : literals[segment] = new();
            var (prefix, suffix) = (segment[..open], segment[(segment.IndexOf('}', StringComparison.Ordinal) + 1)..]);
            if (prefix.Length + suffix.Length == 0)
                return any ??= new();
            var known = patterns.Find(p => p.Prefix == prefix && p.Suffix == suffix).Next;
            if (known is null)
                patterns.Add((prefix, suffix, known = new()));
            return known;
        }

        public Route? Find(ReadOnlySpan<char> method, PathSegments segments, int at, ReadOnlySpan<char> query)
        {
            if (at == segments.Count)
                return First(Here, method, query) ?? First(Rest, method, query);
            var segment = segments[at];
            if (literals.Count > 0 && literals.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(segment, out var next)
                && next.Find(method, segments, at + 1, query) is { } literal)
                return literal;
            foreach (var (prefix, suffix, follow) in patterns)
                if (segment.Length > prefix.Length + suffix.Length
                    && segment.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && segment.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)
                    && follow.Find(method, segments, at + 1, query) is { } pattern)
                    return pattern;
            return any?.Find(method, segments, at + 1, query) ?? First(Rest, method, query);
        }

        static Route? First(List<Route> routes, ReadOnlySpan<char> method, ReadOnlySpan<char> query)
        {
            foreach (var route in routes)
                if (route.Takes(method, query))
                    return route;
            return null;
        }
    }
}
