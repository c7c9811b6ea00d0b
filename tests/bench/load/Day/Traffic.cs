using Interven.Contracts;

namespace Interven.Bench;

/// <summary>One call of a day's traffic, the same for the same number: mostly messages and look-ups that pass, some redacted, few held or denied.</summary>
sealed record Traffic(
    string Agent, string Tool, string Operation, Verb Verb, string Url, Decision Decision, double Score, RiskBand Band, DataClasses Classes, string[] Reasons)
{
    static readonly (string Agent, string Tool, string Operation, Verb Verb, string Url)[] Calls =
    [
        ("support-bot", "slack", "post_message", Verb.Write, "https://slack.com/api/chat.postMessage"), ("ops-bot", "slack", "post_message", Verb.Write, "https://slack.com/api/chat.postMessage"),
        ("support-bot", "zendesk", "update_ticket", Verb.Write, "https://bank.zendesk.com/api/v2/tickets"), ("support-bot", "zendesk", "get_ticket", Verb.Read, "https://bank.zendesk.com/api/v2/tickets"),
        ("devops-agent", "github", "create_issue", Verb.Write, "https://api.github.com/repos/bank/ledger/issues"), ("devops-agent", "github", "get_file", Verb.Read, "https://api.github.com/repos/bank/ledger/contents"),
        ("payments-agent", "core_banking", "get_balance", Verb.Read, "https://core.bank.example/api/v1/accounts"), ("payments-agent", "stripe", "create_payout", Verb.Write, "https://api.stripe.com/v1/payouts"),
        ("claims-agent", "custom_proxy", "settle_claim", Verb.Write, "https://claims.corp/v1/settle-claim"), ("research-agent", "google_drive", "get_file", Verb.Read, "https://www.googleapis.com/drive/v3/files"),
        ("underwriter", "salesforce", "query", Verb.Read, "https://bank.my.salesforce.com/services/data/v61.0/query"),
    ];

    public static Traffic Of(int n)
    {
        var dice = (uint)n * 2654435761u;
        var (agent, tool, operation, verb, url) = Calls[Skewed(dice >> 8, Calls.Length)];
        return ((dice >> 3) % 100) switch
        {
            < 86 => new(agent, tool, operation, verb, url, Decision.Allow, .03 + (dice >> 5) % 15 / 100.0, RiskBand.Low, DataClasses.None, n % 9 == 0 ? ["NEW_DESTINATION"] : []),
            < 93 => new(agent, tool, operation, verb, url, Decision.Sanitize, .28 + (dice >> 5) % 15 / 100.0, RiskBand.Medium, DataClasses.Pii, ["PII_DETECTED"]),
            < 97 => new(agent, tool, operation, verb, url, Decision.RequireApproval, .52 + (dice >> 5) % 15 / 100.0, RiskBand.High, DataClasses.None, ["HIGH_VALUE"]),
            _ => new(agent, tool, operation, verb, url, Decision.Deny, .78 + (dice >> 5) % 15 / 100.0, RiskBand.Critical, DataClasses.Secrets, ["SECRET_DETECTED"]),
        };
    }

    /// <summary>The first of a list more often than the last.</summary>
    static int Skewed(uint dice, int count)
    {
        var part = dice % 10_000 / 10_000.0;
        return (int)(part * part * count);
    }
}
