using Interven.ApiFrontend.Errors;
using Interven.ApiFrontend.Http;
using Interven.ApiFrontend.Identity;
using Interven.ApiFrontend.Swagger;
using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Contracts.Approvals;
using Interven.Contracts.Errors;
using Interven.GrainInterfaces;

namespace Interven.ApiFrontend.Approvals;

/// <summary>Many decisions with one note: each is decided for itself, and says for itself what became of it.</summary>
static class BulkEndpoint
{
    const int Most = 100, AtOnce = 8;

    public static void MapBulkDecisions(this IEndpointRouteBuilder app) => app.MapPost("/api/approvals/bulk", Decide).Needs(Permission.ApprovalsChange)
        .Describe("Approvals", "Decide many approvals", "1 to 100 at once. Each is decided as it would be alone: one that is refused or was decided before does not hold up the others.")
        .Takes(typeof(BulkDecisionRequest), Examples.BulkDecision).Gives(200, typeof(BulkDecision)).Refuses(400, 401, 403, 413);

    static async Task Decide(HttpContext http)
    {
        if (await RequestBody.Read(http, ContractJson.Default.BulkDecisionRequest) is not { } request)
            return;
        if (Check(request) is { Count: > 0 } problems)
        {
            await Problems.Write(http, new Refusal(400, ReasonCodes.InvalidRequest, problems[0].Message, problems));
            return;
        }
        var word = new GrainInterfaces.Approvals.ApprovalWord(request.Decision == "approve", request.Note);
        var ids = request.Ids!.Distinct().ToArray();
        var results = new BulkResult[ids.Length];
        await Parallel.ForEachAsync(Enumerable.Range(0, ids.Length), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) =>
            results[i] = ResultOf(ids[i], await http.Decide(ids[i], word)));
        await Replies.Write(http, new BulkDecision(results), ContractJson.Default.BulkDecision);
    }

    static BulkResult ResultOf(Guid approval, Reply<Approval> reply) => reply.Refusal is { } refusal
        ? new(approval, refusal.Outcome ?? (refusal.Status == 403 ? "pending" : null), refusal.Reason, refusal.Detail)
        : new(approval, reply.Value!.Status, null, null);

    static List<FieldError> Check(BulkDecisionRequest request)
    {
        var problems = new List<FieldError>();
        if (request.Ids is not { Count: >= 1 and <= Most })
            problems.Add(new("$.ids", $"1 to {Most} ids are required."));
        if (request.Decision is not ("approve" or "deny"))
            problems.Add(new("$.decision", "`decision` must be approve or deny."));
        if (request.Note?.Length > ReviewEndpoints.MostNote)
            problems.Add(new("$.note", $"A note has at most {ReviewEndpoints.MostNote} characters."));
        return problems;
    }
}
