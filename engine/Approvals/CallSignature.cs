using System.Security.Cryptography;
using Interven.Contracts;
using Interven.Engine.Evidence;
using Interven.Engine.Normalising;
using Interven.Engine.Reading;

namespace Interven.Engine.Approvals;

/// <summary>What an approval is bound to: SHA-256 of the one canonical spelling of the call (RFC 8785 order, numbers as sent). Lower-case hex.</summary>
/// <param name="Hex">64 hex digits.</param>
public readonly record struct CallSignature(string Hex)
{
    /// <summary>Signs a call.</summary>
    /// <param name="parts">Whose call it is, and where.</param>
    /// <param name="call">The call as normalised.</param>
    /// <param name="tree">The document that holds the body and the headers.</param>
    /// <param name="body">Node of the body; -1 where there is none, which differs from <c>null</c>.</param>
    /// <param name="headers">Node of the headers object; -1 where there is none.</param>
    /// <param name="key">The tenant's key, for the headers' hash.</param>
    public static CallSignature Of(SignedParts parts, ToolCall call, JsonTree tree, int body, int headers, FingerprintKey key)
    {
        using var json = new CanonicalJson(512 + tree.Raw.Length);
        json.BeginObject().Name("agent").String(parts.AgentId);
        if (body >= 0)
            json.Name("body").Value(tree, body);
        json.Name("environment").String(parts.Environment);
        if (HeaderHash.Of(tree, headers, key) is { } hash)
            json.Name("headers").String(hash);
        json.Name("method").String(call.Method).Name("operation").String(call.Operation);
        if (call.GivenOperation is { } given)
            json.Name("operation_given").String(given);
        json.Name("tenant").String(parts.Tenant.ToString())
            .Name("tool").String(call.Tool).Name("url").String(call.Url).EndObject();
        return new(Convert.ToHexStringLower(SHA256.HashData(json.Written)));
    }

    public override string ToString() => Hex;
}

/// <summary>The parts of a signature that the request itself does not prove.</summary>
public readonly record struct SignedParts(TenantId Tenant, string Environment, string AgentId);
