using System.Globalization;
using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Approvals;
using Interven.Contracts.Tenants;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;

namespace Interven.ApiFrontend.Approvals;

/// <summary>What people who decide see and do.</summary>
static class ReviewEndpoints
{
    const int DefaultLimit = 50, MostLimit = 500, MostNote = 2000;

    public static void MapReviewing(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/approvals", List).Needs(Permission.ApprovalsRead)
            .Describe("Approvals", "List approvals", "Newest first.")
            .TakesQuery("status", "pending, approved, denied or expired; absent, all of them.")
            .TakesQuery("limit", "1 to 500; default 50.", isWhole: true)
            .TakesQuery("cursor", "next_cursor of the page before.")
            .Gives(200, typeof(Page<Approval>)).Refuses(400, 401, 403);
        app.MapGet("/api/approvals/{id:guid}", Find).Needs(Permission.ApprovalsRead)
            .Describe("Approvals", "Read an approval", "With every vote.").Gives(200, typeof(Approval)).Refuses(401, 403, 404);
        app.MapPost("/api/approvals/{id:guid}/approve", http => Decide(http, approves: true)).Needs(Permission.ApprovalsChange)
            .Describe("Approvals", "Approve a paused call",
                "Durable when it answers; whoever waits has been released. Where more than one person must approve, it counts as one vote, and the status stays pending. A call that the rules have come to deny is denied with POLICY_CHANGED.")
            .Takes(typeof(DecideApprovalRequest), Examples.DecideApproval).Gives(200, typeof(Approval)).Refuses(400, 401, 403, 404, 409, 413, 503);
        app.MapPost("/api/approvals/{id:guid}/deny", http => Decide(http, approves: false)).Needs(Permission.ApprovalsChange)
            .Describe("Approvals", "Deny a paused call", "One denial ends it; the identical call is denied for the tenant's deny window too.")
            .Takes(typeof(DecideApprovalRequest), Examples.DecideApproval).Gives(200, typeof(Approval)).Refuses(400, 401, 403, 404, 409, 413, 503);
    }

    static async Task List(HttpContext http)
    {
        var (state, before, limit) = ((ApprovalState?)null, (Guid?)null, DefaultLimit);
        var query = http.Request.Query;
        if (query["status"].ToString() is { Length: > 0 } word)
        {
            if (StateOf(word) is not { } known)
            {
                await Problems.Write(http, Problems.Invalid("status", "`status` must be pending, approved, denied or expired."));
                return;
            }
            state = known;
        }
        if (query["limit"].ToString() is { Length: > 0 } size
            && (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MostLimit))
        {
            await Problems.Write(http, Problems.Invalid("limit", $"`limit` must be a whole number from 1 to {MostLimit}."));
            return;
        }
        if (query["cursor"].ToString() is { Length: > 0 } cursor)
        {
            if (!Guid.TryParseExact(cursor, "N", out var last))
            {
                await Problems.Write(http, Problems.Invalid("cursor", "`cursor` must be the next_cursor of the page before."));
                return;
            }
            before = last;
        }
        var grain = http.RequestServices.GetRequiredService<IGrainFactory>().GetGrain<IApprovalsGrain>(GrainKeys.Tenant(ApiCaller.Of(http).Tenant));
        await Replies.Write(http, await grain.List(state, before, limit), ContractJson.Default.PageApproval);
    }

    static async Task Find(HttpContext http) => await Replies.Write(http, await Grain(http).Detail(), ContractJson.Default.Approval);

    static async Task Decide(HttpContext http, bool approves)
    {
        if (await RequestBody.Read(http, ContractJson.Default.DecideApprovalRequest, whenEmpty: new()) is not { } request)
            return;
        if (request.Note?.Length > MostNote)
            await Problems.Write(http, Problems.Invalid("$.note", $"A note has at most {MostNote} characters."));
        else
            await Replies.Write(http, await Grain(http).Decide(new(approves, request.Note), ApiCaller.ActorOf(http)), ContractJson.Default.Approval);
    }

    static ApprovalState? StateOf(string word) => word switch
    {
        "pending" => ApprovalState.Pending,
        "approved" => ApprovalState.Approved,
        "denied" => ApprovalState.Denied,
        "expired" => ApprovalState.Expired,
        _ => null,
    };

    static IApprovalGrain Grain(HttpContext http) => http.RequestServices.GetRequiredService<IGrainFactory>()
        .GetGrain<IApprovalGrain>(GrainKeys.Approval(ApiCaller.Of(http).Tenant, Guid.Parse((string)http.Request.RouteValues["id"]!)));
}
