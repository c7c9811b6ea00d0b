using System.Collections.Frozen;

namespace Interven.Engine.Approvals;

/// <summary>Header names that carry a caller's credential. They are not part of a call's signature, because tokens are renewed between two identical calls.</summary>
public static class AuthHeaders
{
    static readonly FrozenSet<string> Names = FrozenSet.ToFrozenSet(
    [
        "authorization", "proxy-authorization", "cookie", "x-api-key", "api-key", "apikey", "x-apikey", "x-auth-token", "x-access-token",
        "x-auth-key", "x-token", "x-goog-api-key", "x-goog-iam-authorization-token", "x-amz-security-token", "x-github-token", "private-token",
        "job-token", "deploy-token", "x-gitlab-token", "x-slack-token", "x-vault-token", "x-shopify-access-token", "x-figma-token", "x-square-token",
        "x-postmark-server-token", "x-mailgun-token", "x-insight-token", "x-honeycomb-team", "x-rollbar-access-token", "x-tfe-token", "x-nuget-apikey",
        "x-okta-authorization", "x-redmine-api-key", "x-functions-key", "dd-api-key", "dd-application-key", "ocp-apim-subscription-key", "x-cg-api-key",
        "x-ms-token", "x-zendesk-token", "x-intercom-token", "x-hubspot-token", "plaid-secret", "plaid-client-id", "paypal-auth-assertion", "x-csrf-token",
    ], StringComparer.OrdinalIgnoreCase);

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> BySpan = Names.GetAlternateLookup<ReadOnlySpan<char>>();

    public static bool Contains(ReadOnlySpan<char> name) => BySpan.Contains(name.Trim());
}
