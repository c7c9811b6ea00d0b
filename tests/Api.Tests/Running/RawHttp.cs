using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Interven.Api.Tests.Running;

/// <summary>HTTP by hand, for what a well-behaved client would not send.</summary>
static class RawHttp
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Sends exactly this (LF is made CRLF) and reads one answer; the connection stays open until that is read.</summary>
    public static async Task<(int Status, string Text)> Exchange(int port, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request.ReplaceLineEndings("\r\n")));
        using var timeout = new CancellationTokenSource(Patience);
        var answer = new StringBuilder();
        var buffer = new byte[8192];
        while (!IsWhole(answer.ToString()))
        {
            var read = await stream.ReadAsync(buffer, timeout.Token);
            if (read == 0)
                break;
            answer.Append(Encoding.Latin1.GetString(buffer, 0, read));
        }
        var text = answer.ToString();
        return (text.Length > 12 ? int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture) : 0, text);
    }

    static bool IsWhole(string text)
    {
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0)
            return false;
        var length = text.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        return length < 0 || length > head
            ? text.EndsWith("0\r\n\r\n", StringComparison.Ordinal)
            : text.Length - head - 4 >= int.Parse(text.AsSpan(length + 16, text.IndexOf('\r', length) - length - 16), CultureInfo.InvariantCulture);
    }
}
