using System.Text;
using System.Text.Json;
using Interven.Contracts.Errors;
using Interven.Contracts.Policies;
using Interven.Engine.Policies;
using Interven.Engine.Risk;
using Interven.GrainInterfaces;

namespace Interven.Grains.Tenants;

/// <summary>A request to simulate, read whole or refused whole.</summary>
/// <param name="Scan">The call, as sent.</param>
/// <param name="Drafts">Policies that stand in for the stored ones of their names.</param>
/// <param name="Alone">Whether the drafts alone are asked.</param>
/// <param name="At">When; null for now.</param>
/// <param name="Agent">Null for a history that cannot be had.</param>
sealed record SimulationParts(byte[] Scan, IReadOnlyList<PolicyDocument> Drafts, bool Alone, DateTimeOffset? At, AgentFacts? Agent)
{
    const int MostDrafts = 100;

    /// <summary>Calls of an agent whose baseline is past its warm-up.</summary>
    const int Experienced = 1000;

    public static (SimulationParts? Parts, Refusal? Refusal) Read(byte[] json)
    {
        SimulateRequest request;
        try
        {
            request = JsonSerializer.Deserialize(json, ContractJson.Default.SimulateRequest)!;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return (null, Malformed([new((e as JsonException)?.Path ?? "$", "The body does not have the shape of a simulation.")]));
        }
        if (request is null || request.Scan.ValueKind == JsonValueKind.Undefined)
            return (null, Malformed([new("$.scan", "The call to simulate is required: {\"scan\": {…}}.")]));
        if (request.Policies?.Count > MostDrafts)
            return (null, Malformed([new("$.policies", $"At most {MostDrafts} drafts are simulated at a time.")]));
        if (request.Agent?.Trust is < 0 or > 1)
            return (null, Malformed([new("$.agent.trust", "Trust is a number from 0 to 1.")]));
        var (drafts, problems) = Documents(request);
        return problems.Count > 0
            ? (null, new(400, ReasonCodes.InvalidPolicy, "The policy is refused whole.", problems))
            : (new(Bytes(request.Scan), drafts, request.Alone == true, request.At, Facts(request.Agent)), null);
    }

    public static Refusal Malformed(IReadOnlyList<FieldError> problems) => new(400, ReasonCodes.InvalidRequest, problems[0].Message, problems);

    static (IReadOnlyList<PolicyDocument> Drafts, IReadOnlyList<FieldError> Problems) Documents(SimulateRequest request)
    {
        var given = (request.Policies ?? []).Select((policy, i) => (Policy: policy, Path: $"$.policies[{i}]"));
        if (request.Policy is { ValueKind: not JsonValueKind.Null } one)
            given = given.Prepend((one, "$.policy"));
        var (drafts, problems) = (new List<PolicyDocument>(), new List<FieldError>());
        foreach (var (policy, path) in given)
        {
            var reading = PolicyReader.Read(Bytes(policy));
            problems.AddRange(reading.Problems.Select(problem => new FieldError(path + problem.Path[1..], problem.Message)));
            if (reading.Document is not { } document)
                continue;
            if (drafts.Any(draft => draft.Name == document.Name && draft.EnvName == document.EnvName))
                problems.Add(new(path + ".name", "Two drafts have this name."));
            drafts.Add(document);
        }
        return (drafts, problems);
    }

    static AgentFacts? Facts(SimulatedAgent? agent) => agent is null ? new() : agent.Unknown == true ? null : new()
    {
        Trust = agent.Trust ?? 1,
        Scans = Experienced,
        NewDestination = agent.NewDestination == true,
        VolumeBurst = agent.VolumeBurst == true,
    };

    static byte[] Bytes(JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());
}
