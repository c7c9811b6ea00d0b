using System.Text;
using Interven.Engine.Deciding;
using Interven.Grains.Ports;
using Interven.Grains.Scanning;

namespace Interven.Grains.Approvals;

/// <summary>The original request with what its credential proved, so that it can be decided anew by the rules of the day.</summary>
/// <param name="Form">Which endpoint it came to.</param>
/// <param name="KeyPrefix">The key as people see it.</param>
/// <param name="DefaultAgentId">Agent that the key stands for.</param>
/// <param name="ClientIp">Where the request came from.</param>
/// <param name="Body">The request's JSON, as sent.</param>
sealed record SealedCall(RequestForm Form, string KeyPrefix, string DefaultAgentId, string ClientIp, byte[] Body)
{
    const string Field = "call";
    const byte Layout = 1;

    public static byte[] Seal(ITenantVault vault, ApprovalId approval, RequestForm form, Caller caller, byte[] body)
    {
        using var bytes = new MemoryStream(body.Length + 200);
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Layout);
            writer.Write((byte)form);
            writer.Write(caller.KeyPrefix);
            writer.Write(caller.AgentId ?? "");
            writer.Write(caller.ClientIp);
            writer.Write(body);
        }
        return vault.Seal(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), approval.ToString(), Field);
    }

    /// <summary>Null where it has been cleared: nothing can be executed any more.</summary>
    public static SealedCall? Open(ITenantVault vault, ApprovalOpening opening)
    {
        if (opening.SealedCall.Length == 0)
            return null;
        using var bytes = new MemoryStream(vault.Open(opening.SealedCall, opening.Approval.ToString(), Field));
        using var reader = new BinaryReader(bytes, Encoding.UTF8);
        if (reader.ReadByte() != Layout)
            throw new InvalidDataException("A sealed call has an unknown layout.");
        return new((RequestForm)reader.ReadByte(), reader.ReadString(), reader.ReadString(), reader.ReadString(), reader.ReadBytes((int)(bytes.Length - bytes.Position)));
    }
}
