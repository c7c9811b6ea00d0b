using System.Globalization;
using System.Text;
using System.Text.Json;
using Interven.Contracts;
using Interven.Engine.Classifying;
using Interven.Engine.Deciding;
using Interven.Engine.Evidence;
using Interven.Engine.Normalising;
using Interven.Engine.Policies;
using Interven.Engine.Risk;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Interven.Engine.Tests.Deciding;

/// <summary>
/// One row of <c>tests/cases/decisions</c>: policies, settings, agent, caller and request as data, and the tenant that they make. A row with <c>as</c> is a case
/// for each of the masks named there (<c>all</c>: each one): <c>{hidden}</c> in its request stands for the masked text of <c>hidden</c>.
/// </summary>
sealed class DecisionCase(YamlMappingNode file, YamlMappingNode row, string mask)
{
    const string As = " | ";

    /// <summary>Where policies come from: what is written in the file, JSON as it is posted, the seeds, a pack.</summary>
    static readonly string[] Sources = ["policies", "posted", "seeds", "pack"];

    static readonly Guid Tenant = new("01930000-0000-7000-8000-00000000000a");

    public YamlMappingNode Want => (YamlMappingNode)row["want"];

    public static IEnumerable<string> Names() =>
        from path in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "cases", "decisions"), "*.yaml").Order(StringComparer.Ordinal)
        let name = Path.GetFileNameWithoutExtension(path)
        from row in CaseTable.Rows($"decisions/{name}.yaml", "cases")
        from mask in Masks(row)
        select $"{name}: {row.Text("name")}{(mask.Length > 0 ? As : "")}{mask}";

    public static DecisionCase Load(string id)
    {
        var (name, title) = (id[..id.IndexOf(':', StringComparison.Ordinal)], id[(id.IndexOf(':', StringComparison.Ordinal) + 2)..]);
        var parts = title.Split(As);
        return new(CaseTable.Load($"decisions/{name}.yaml"), CaseTable.Rows($"decisions/{name}.yaml", "cases").Single(row => row.Text("name") == parts[0]), parts.Length > 1 ? parts[1] : "");
    }

    static IEnumerable<string> Masks(YamlMappingNode row) =>
        !row.Has("as") ? [""] : row["as"] is YamlScalarNode ? Mask.Names.Except(row.Texts("not_as")) : row.Texts("as");

    /// <summary>What must be neither kept nor, where it is sanitised, sent: the hidden text, plain and masked.</summary>
    public IEnumerable<string> Hidden => row.Has("hidden") ? [row.Text("hidden"), Masked] : [];

    /// <summary>What the people asked said of the call, as a word; empty for a question that is still open.</summary>
    public string Reply => row.Text("reply");

    public bool IsHandover => row.Has("handover");

    string Masked => mask.Length == 0 ? row.Text("hidden") : Mask.Of(mask, row.Text("hidden"));

    public TenantSnapshot Snapshot()
    {
        var settings = Settings();
        var policies = Documents().Select((document, i) => StoredPolicy.Of(new Guid(i + 1, 0, 0, new byte[8]), 1, document));
        var classifier = settings.InternalMarkers.Count == 0 ? Detectors.Shared : new Classifier(Detectors.With(settings.InternalMarkers, []));
        return new()
        {
            Tenant = new(Tenant),
            Version = 1,
            Environments = System.Collections.Frozen.FrozenSet.ToFrozenSet(["production", "staging"], StringComparer.Ordinal),
            Settings = settings,
            Classifier = classifier,
            Stages = TenantStages.Of(PolicySet.Compile(policies), classifier, TenantTools.None, new(settings.InternalDomains)),
            Threats = [new ThreatIndex([ThreatFeedReader.Read("own list", ThreatFormat.Plain, Encoding.UTF8.GetBytes(string.Join('\n', Either("threats"))))])],
            Key = new(new byte[FingerprintKey.Length]),
            SuspendedAgents = System.Collections.Frozen.FrozenSet.ToFrozenSet(Either("suspended"), StringComparer.Ordinal),
        };
    }

    public Caller Caller()
    {
        var caller = row.Has("caller") ? (YamlMappingNode)row["caller"] : new YamlMappingNode();
        return new()
        {
            KeyId = "a1B2c3D4",
            KeyPrefix = "iv_live_a1B2c3D4",
            AgentId = caller.Text("agent_id", "kyc-bot"),
            Env = caller.Has("env") ? caller.Text("env") : null,
            Suspended = caller.Flag("suspended"),
            ClientIp = "203.0.113.7",
            Scope = caller.Has("tools") || caller.Has("verbs")
                ? new(caller.Has("tools") ? caller.Texts("tools") : null, caller.Has("verbs") ? [.. caller.Texts("verbs").Select(Verb)] : null)
                : null,
        };
    }

    /// <summary>An agent that nothing is held against, unless the case says otherwise; null where it says <c>unknown</c>.</summary>
    public AgentFacts? Agent()
    {
        if (!row.Has("agent"))
            return new() { Trust = 1, Scans = 1000 };
        var agent = (YamlMappingNode)row["agent"];
        return agent.Flag("unknown") ? null : new()
        {
            Trust = agent.Number("trust", 1),
            Scans = (long)agent.Number("scans", 1000),
            Suspended = agent.Flag("suspended"),
            NewDestination = agent.Flag("new_destination"),
            NewOperation = agent.Flag("new_operation"),
            VolumeBurst = agent.Number("burst_factor") >= 5,
            BurstFactor = agent.Number("burst_factor"),
            MutationsLastMinute = (int)agent.Number("mutations"),
            SecondsSinceIamCreate = agent.Has("seconds_since_iam_create") ? agent.Number("seconds_since_iam_create") : null,
            CredentialsInSession = (int)agent.Number("credentials"),
            RecentSensitiveReads = [.. agent.Texts("read").Select(value => new FingerprintKey(new byte[FingerprintKey.Length]).OfValue(value).High)],
        };
    }

    public byte[] Request() => Encoding.UTF8.GetBytes((row.Has("json") ? row.Text("json") : Json(row[IsHandover ? "handover" : "request"]))
        .Replace("{hidden}", JsonSerializer.Serialize(Masked)[1..^1], StringComparison.Ordinal));

    public ScanReading Read() => IsHandover ? HandoverReader.Read(Request(), new(Tenant)) : ScanReader.Read(Request());

    public DateTimeOffset Now => row.Has("at")
        ? DateTimeOffset.Parse(row.Text("at"), CultureInfo.InvariantCulture)
        : new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    /// <summary>YAML as the JSON that it stands for: plain scalars keep their type, quoted ones are strings.</summary>
    public static string Json(YamlNode node) => node switch
    {
        YamlMappingNode map => "{" + string.Join(',', map.Children.Select(pair => $"{JsonSerializer.Serialize(((YamlScalarNode)pair.Key).Value)}:{Json(pair.Value)}")) + "}",
        YamlSequenceNode list => "[" + string.Join(',', list.Select(Json)) + "]",
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" or "null" } word => word.Value!,
        YamlScalarNode { Style: ScalarStyle.Plain } plain when IsNumber(plain.Value) => plain.Value!,
        _ => JsonSerializer.Serialize(((YamlScalarNode)node).Value),
    };

    static bool IsNumber(string? text)
    {
        try
        {
            return text is { Length: > 0 } && System.Text.Json.JsonDocument.Parse(text).RootElement.ValueKind == JsonValueKind.Number;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    IEnumerable<PolicyDocument> Documents()
    {
        var from = Sources.Any(row.Has) ? row : file;
        if (from.Flag("seeds"))
            foreach (var seed in PolicyLibrary.Seeds)
                yield return seed;
        if (from.Has("pack"))
            foreach (var policy in PolicyLibrary.Pack(from.Text("pack")))
                yield return policy;
        foreach (var text in from.Texts("posted").Concat(from.Has("policies") ? ((YamlSequenceNode)from["policies"]).Select(Json) : []))
        {
            var reading = PolicyReader.Read(text);
            yield return reading.Document ?? throw new InvalidDataException(string.Join("; ", reading.Problems.Select(problem => $"{problem.Path} {problem.Message}")));
        }
    }

    TenantSettings Settings()
    {
        var own = row.Has("settings") ? row : file;
        var settings = own.Has("settings") ? (YamlMappingNode)own["settings"] : new YamlMappingNode();
        return new()
        {
            InternalDomains = settings.Texts("internal_domains"),
            InternalMarkers = settings.Texts("internal_markers"),
            DefaultActions = new()
            {
                Read = Action(settings.Text("default_read", "ALLOW"))!.Value,
                Write = Action(settings.Text("default_write", "ALLOW"))!.Value,
                Admin = Action(settings.Text("default_admin", "ALLOW"))!.Value,
            },
            Risk = new() { OnHigh = Action(settings.Text("on_high", "off")), OnCritical = Action(settings.Text("on_critical", "REQUIRE_APPROVAL")) },
        };
    }

    string[] Either(string key) => row.Has(key) ? row.Texts(key) : file.Texts(key);

    static Decision? Action(string word) => word == "off" ? null : Words.TryParseDecision(word, out var decision) ? decision : throw new InvalidDataException(word);

    static Verb Verb(string word) => Words.TryParseVerb(word, out var verb) ? verb : throw new InvalidDataException(word);
}
