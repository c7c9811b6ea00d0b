using Interven.Contracts;
using Interven.Engine.Evidence;
using Interven.Engine.Normalising;

namespace Interven.Engine.Risk;

/// <summary>What an agent's memory is told of a call before the call is classified: hashes and figures, no text.</summary>
/// <param name="Destination">Keyed hash of the host.</param>
/// <param name="Operation">Keyed hash of tool and operation.</param>
/// <param name="Tool">Keyed hash of the tool (of the host, for custom ones).</param>
/// <param name="IsMutation">WRITE or ADMIN.</param>
/// <param name="CreatesIdentity">Creates an IAM principal or a key for one.</param>
/// <param name="Bytes">Size of the request.</param>
public readonly record struct AgentObservation(ulong Destination, ulong Operation, ulong Tool, bool IsMutation, bool CreatesIdentity, int Bytes)
{
    public static AgentObservation Of(ToolCall call, int bytes, FingerprintKey key)
    {
        Span<char> room = stackalloc char[256];
        return new(
            key.OfLabel(call.Host),
            key.OfLabel(room.TryWrite($"{call.Tool} {call.Operation}", out var length) ? room[..length] : $"{call.Tool} {call.Operation}"),
            key.OfLabel(call.UrlIsKnown ? call.Tool : call.Host),
            call.Verb != Verb.Read,
            RiskTable.Current.CreatesIdentity(call.Tool, call.Operation),
            bytes);
    }
}
