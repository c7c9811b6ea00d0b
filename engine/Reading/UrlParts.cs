namespace Interven.Engine.Reading;

/// <summary>Where the parts of a URL stand in its text. Takes any text, well-formed or not.</summary>
/// <param name="UserInfo">What stands before the last <c>@</c> of the authority; empty where there is none.</param>
/// <param name="Query">What stands between <c>?</c> and <c>#</c>.</param>
/// <param name="Fragment">What stands behind <c>#</c>.</param>
readonly record struct UrlParts(Range UserInfo, Range Query, Range Fragment)
{
    public static UrlParts Of(ReadOnlySpan<char> url)
    {
        var hash = url.IndexOf('#');
        var beforeHash = hash < 0 ? url.Length : hash;
        var mark = url[..beforeHash].IndexOf('?');
        var beforeQuery = mark < 0 ? beforeHash : mark;
        var fragment = hash < 0 ? ^0..^0 : (hash + 1)..url.Length;
        var query = mark < 0 ? ^0..^0 : (mark + 1)..beforeHash;
        return new(UserInfoOf(url[..beforeQuery]), query, fragment);
    }

    static Range UserInfoOf(ReadOnlySpan<char> url)
    {
        var colon = url.IndexOf("://", StringComparison.Ordinal);
        if (colon < 0)
            return 0..0;
        var start = colon + 3;
        var slash = url[start..].IndexOfAny('/', '\\');
        var authority = slash < 0 ? url[start..] : url.Slice(start, slash);
        var at = authority.LastIndexOf('@');
        return at < 0 ? start..start : start..(start + at);
    }
}
