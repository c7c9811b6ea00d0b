namespace Interven.ApiFrontend.Swagger;

/// <summary>Examples of the OpenAPI document. Tests send each request example to the running product.</summary>
static class Examples
{
    public const string Scan = """
        { "method": "POST", "url": "https://slack.com/api/chat.postMessage", "body": { "channel": "#ops", "text": "Refund for card 4242 4242 4242 4242" }, "agent_id": "support-bot" }
        """;

    public const string ScanAnswer = """
        { "decision": "SANITIZE", "risk_score": 0.41, "risk_band": "MEDIUM", "reason_codes": ["PCI_DETECTED"], "trace_id": "01912f4e-7c1e-7a55-b0a4-0d6a3d1f9c11",
          "tool_name": "slack", "operation": "post_message", "verb": "WRITE", "classifications": ["PCI"],
          "findings": [ { "data_class": "PCI", "kind": "credit_card", "path": "$.text", "count": 1, "confidence": "HIGH" } ],
          "signals": [ { "engine": "classifier", "score": 0.8, "details": { "classes": "PCI" } } ],
          "sanitized_body": { "channel": "#ops", "text": "Refund for card [REDACTED:CREDIT_CARD]" },
          "policy_id": "01912f4e-7c1e-7a55-b0a4-0d6a3d1f9c12", "policy_name": "Slack PII", "policy_version": 1, "rule_id": "slack-pii" }
        """;

    public const string Handover = """
        { "from_agent_id": "planner", "to_agent_id": "executor", "method": "delegate", "intent": "Pay invoice 4711", "payload": { "amount": 120 } }
        """;

    public const string ResponseScan = """
        { "trace_id": "01912f4e-7c1e-7a55-b0a4-0d6a3d1f9c11", "response_status": 200, "response_body": { "email": "jane@example.com" } }
        """;

    public const string ResponseScanAnswer = """
        { "data_classes": ["PII"], "fields_redacted_count": 1, "content_fingerprint": "9f2c0d5e4b7a8c169f2c0d5e4b7a8c169f2c0d5e4b7a8c169f2c0d5e4b7a8c16", "sanitized_response": { "email": "[REDACTED:EMAIL_ADDRESS]" } }
        """;

    public const string MintKey = """
        { "name": "underwriting agents", "ip_allowlist": ["203.0.113.0/24"], "default_agent_id": "underwriter", "env_name": "production" }
        """;

    public const string PatchKey = """{ "ip_allowlist": ["203.0.113.0/24", "2001:db8::/32"] }""";

    public const string RotateKey = """{ "overlap_hours": 24 }""";

    public const string MintEphemeral = """{ "ttl_seconds": 300, "max_uses": 1, "scope": { "tools": ["slack"], "verbs": ["WRITE"] }, "description": "one message" }""";

    public const string Policy = """
        { "name": "Approval for high-value disbursements", "env_name": "production", "enabled": true, "mode": "enforce",
          "rules": [ { "rule_id": "big-money", "priority": 20, "match": { "tool_name": "custom_proxy", "operations": ["transfer_funds"] },
                       "condition": { "body_path_gte": { "path": "$..amount", "value": 10000 } }, "action": "REQUIRE_APPROVAL", "reason_code": "HIGH_VALUE" } ] }
        """;

    public const string RestorePolicy = """{ "version": 1 }""";

    public const string Simulate = """
        { "scan": { "method": "POST", "url": "https://pay.corp/v1/transfer-funds", "body": { "amount": 25000 } } }
        """;

    public const string DecideApproval = """{ "note": "Checked with the customer by phone" }""";

    public const string BulkDecision = """{ "ids": ["01912f4e-7c1e-7a55-b0a4-0d6a3d1f9c14"], "decision": "deny", "note": "Not this month" }""";

    public const string ApproverGroup = """{ "name": "treasury", "members": ["ann@acme.example", "service_account/Xy12Ab34"] }""";

    public const string CreateIncident = """{ "title": "Payouts to a new vendor at night", "severity": "HIGH", "trace_ids": ["01912f4e-7c1e-7a55-b0a4-0d6a3d1f9c11"], "note": "Three of them since midnight" }""";

    public const string TransitionIncident = """{ "status": "closed", "resolution": "false_positive", "note": "The vendor is known" }""";

    public const string NoteIncident = """{ "note": "Asked the owner of the agent" }""";

    public const string RedeemedCall = """{ "decision": "ALLOW", "trace_id": "01912f4e-7c1e-7a55-b0a4-0d6a3d1f9c13" }""";

    public const string CreateAlert = """
        { "type": "slack", "name": "Risk desk", "webhook_url": "https://hooks.slack.com/services/T0000/B0000/your-webhook", "signing_secret": "your-app-signing-secret-32-chars",
          "events": ["REQUIRE_APPROVAL", "DENY", "INCIDENT"], "min_risk": "HIGH", "approvers": [ { "slack_user_id": "U024BE7LH", "email": "ada@acme.example" } ], "max_band": "HIGH" }
        """;

    public const string PatchAlert = """{ "min_risk": "CRITICAL", "enabled": true }""";

    public const string CreateTenant = """{ "name": "Acme Bank", "admin_email": "admin@acme.example" }""";
}
