using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Swagger;
using Interven.GrainInterfaces;

namespace Interven.ApiFrontend.Http;

/// <summary>Which page of a list is asked for, where the cursor is the last row's id.</summary>
readonly record struct ListPage(int Limit, Guid? After)
{
    const int Default = 50, Most = 500;

    public static bool TryRead(HttpContext http, out ListPage page, [NotNullWhen(false)] out Refusal? refusal)
    {
        (page, refusal) = (new(Default, null), null);
        var limit = Default;
        if (http.Request.Query["limit"].ToString() is { Length: > 0 } size
            && (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > Most))
            refusal = Problems.Invalid("limit", $"`limit` must be a whole number from 1 to {Most}.");
        Guid after = default;
        var cursor = http.Request.Query["cursor"].ToString();
        if (cursor.Length > 0 && !Guid.TryParseExact(cursor, "N", out after))
            refusal = Problems.Invalid("cursor", "`cursor` must be the next_cursor of the page before.");
        page = new(limit, cursor.Length > 0 ? after : null);
        return refusal is null;
    }
}

static class ListPageDocs
{
    public static IEndpointConventionBuilder TakesPage(this IEndpointConventionBuilder endpoint) => endpoint
        .TakesQuery("limit", "1 to 500; default 50.", isWhole: true)
        .TakesQuery("cursor", "next_cursor of the page before.");
}
