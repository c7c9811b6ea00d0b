using System.Buffers;
using System.Text.Json;
using Interven.Engine.Deciding;
using Interven.Engine.Reading;

namespace Interven.Engine.Approvals;

/// <summary>A hand-over between two agents with another message in it. People see and edit it as the call that it is: the other agent, intent and payload.</summary>
public static class EditedHandover
{
    static readonly string[] Edited = ["intent", "payload"];

    /// <param name="request">The request as sent: it was read before, so it is an object with both agents.</param>
    /// <param name="body">The other body as JSON; what it leaves out is left out.</param>
    /// <returns>Null where the body is no hand-over's, or names another agent: that would be another call.</returns>
    public static byte[]? WithBody(ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> body)
    {
        using var sent = JsonTree.Parse(request, out _) ?? throw new ArgumentException("The request cannot be read.", nameof(request));
        using var edit = JsonTree.Parse(body, out _);
        if (edit is null || edit.Nodes[0].Kind != JsonKind.Object || !IsForTheSameAgent(sent, edit))
            return null;
        var buffer = new ArrayBufferWriter<byte>(request.Length + body.Length);
        using (var json = new Utf8JsonWriter(buffer, new() { SkipValidation = true }))
        {
            json.WriteStartObject();
            for (var child = 1; child < sent.Nodes[0].End; child = sent.Nodes[child].End)
                if (!Edited.Contains(sent.Key(child).ToString()))
                    Copy(json, sent, child);
            for (var child = 1; child < edit.Nodes[0].End; child = edit.Nodes[child].End)
                if (Edited.Contains(edit.Key(child).ToString()))
                    Copy(json, edit, child);
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>And nothing else stands in it: what a person wrote must not be lost without a word.</summary>
    static bool IsForTheSameAgent(JsonTree sent, JsonTree edit)
    {
        for (var child = 1; child < edit.Nodes[0].End; child = edit.Nodes[child].End)
            if (edit.Key(child) is not ("to_agent_id" or "intent" or "payload"))
                return false;
        return edit.ChildString(0, "to_agent_id") is { } to && sent.ChildString(0, "to_agent_id") is { } asked && HandoverReader.Bare(to) == HandoverReader.Bare(asked);
    }

    static void Copy(Utf8JsonWriter json, JsonTree tree, int node)
    {
        json.WritePropertyName(tree.Key(node));
        json.WriteRawValue(tree.RawValue(node), skipInputValidation: true);
    }
}
