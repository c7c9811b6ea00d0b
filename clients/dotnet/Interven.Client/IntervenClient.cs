using System.Text.Json;
using Interven.Contracts;
using Interven.Contracts.Approvals;
using Interven.Contracts.Keys;
using Interven.Contracts.Scanning;

namespace Interven.Client;

/// <summary>Asks Interven before a tool is called. Thread-safe; one for a process is enough.</summary>
public sealed class IntervenClient
{
    /// <summary>The longest that the gateway holds one answer.</summary>
    static readonly TimeSpan LongestHold = TimeSpan.FromSeconds(110);

    readonly IntervenOptions options;
    readonly Gateway gateway;
    readonly HttpClient http;
    readonly TimeProvider clock;

    /// <param name="options">Default: as the environment says.</param>
    /// <param name="http">Default: one of its own. It must follow no redirects and have no time-out below the longest wait.</param>
    /// <param name="clock">Default: the system's.</param>
    /// <exception cref="ArgumentException">An option that cannot work.</exception>
    public IntervenClient(IntervenOptions? options = null, HttpClient? http = null, TimeProvider? clock = null)
    {
        this.options = (options ?? new()).Checked();
        this.clock = clock ?? TimeProvider.System;
        this.http = http ?? new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = System.Threading.Timeout.InfiniteTimeSpan };
        gateway = new(this.http, this.options, this.clock);
    }

    /// <summary>A decision on one call. With <see cref="ScanRequest.WaitMs"/> the gateway holds it while a person decides.</summary>
    /// <exception cref="GatewayException">No decision could be had, and the client fails closed.</exception>
    /// <exception cref="RequestException">The request was refused.</exception>
    public async Task<ScanResponse> ScanAsync(ScanRequest request, string? idempotencyKey = null, CancellationToken cancel = default)
    {
        var named = request with
        {
            AgentId = request.AgentId ?? options.AgentId,
            AgentName = request.AgentName ?? options.AgentName,
            RuntimeType = request.RuntimeType ?? options.RuntimeType,
        };
        var body = JsonSerializer.SerializeToUtf8Bytes(named, ScanJson.Default.ScanRequest);
        return await Decide("/v1/scan", body, TimeSpan.FromMilliseconds(request.WaitMs ?? 0), idempotencyKey, cancel).ConfigureAwait(false);
    }

    /// <summary>A decision that allows the call (<c>ALLOW</c>, or <c>SANITIZE</c> with the body to send), or an exception. Waits for a person, and takes the one execution.</summary>
    /// <exception cref="DeniedException">By rule, risk or reviewer.</exception>
    /// <exception cref="ApprovalExpiredException">Nobody decided in time.</exception>
    public async Task<ScanResponse> AuthorizeAsync(ScanRequest request, CancellationToken cancel = default)
    {
        var started = clock.GetTimestamp();
        var hold = options.MaxWait < LongestHold ? options.MaxWait : LongestHold;
        var decision = await ScanAsync(request with { WaitMs = (int)hold.TotalMilliseconds }, cancel: cancel).ConfigureAwait(false);
        if (decision.Decision == Decision.RequireApproval)
            return await WaitForApprovalAsync(decision, options.MaxWait - clock.GetElapsedTime(started), cancel).ConfigureAwait(false);
        if (decision.Decision is Decision.Allow or Decision.Sanitize)
            return decision;
        var words = BlockedException.Words(decision, NameOf(decision));
        throw decision.ReasonCodes.Contains(ReasonCodes.ApprovalExpired) ? new ApprovalExpiredException(words, decision) : new DeniedException(words, decision);
    }

    /// <summary>Waits until somebody has decided, by long poll, then takes the execution.</summary>
    /// <exception cref="DeniedException">Denied, or used already.</exception>
    /// <exception cref="ApprovalExpiredException">Over, or <paramref name="wait"/> is.</exception>
    public async Task<ScanResponse> WaitForApprovalAsync(ScanResponse pending, TimeSpan wait, CancellationToken cancel = default)
    {
        var approval = pending.ApprovalId ?? throw new ArgumentException("The decision has no approval to wait for.", nameof(pending));
        var started = clock.GetTimestamp();
        while (true)
        {
            var left = wait - clock.GetElapsedTime(started);
            var seconds = (int)Math.Clamp(left.TotalSeconds, 0, LongestHold.TotalSeconds);
            var status = await gateway.Send(HttpMethod.Get, $"/v1/approvals/{approval}/status?wait={seconds}", null, ContractJson.Default.ApprovalStatus,
                TimeSpan.FromSeconds(seconds), null, cancel).ConfigureAwait(false);
            switch (status.Status)
            {
                case "approved":
                    return await Redeemed(pending, approval, cancel).ConfigureAwait(false);
                case "denied":
                    throw new DeniedException($"A reviewer denied {NameOf(pending)}, trace {pending.TraceId}", pending);
                case "pending" when left > TimeSpan.FromSeconds(1):
                    continue;
                default:
                    throw new ApprovalExpiredException($"Nobody decided on {NameOf(pending)} in time, trace {pending.TraceId}", pending);
            }
        }
    }

    /// <summary>Takes the one execution of an approved call. <see cref="RequestException"/> 409: used already, not approved, or too late.</summary>
    public Task<RedeemedCall> RedeemAsync(string approvalId, CancellationToken cancel = default) => gateway.Send(
        HttpMethod.Post, $"/v1/approvals/{Uri.EscapeDataString(approvalId)}/redeem", null, ContractJson.Default.RedeemedCall, TimeSpan.Zero, null, cancel);

    /// <summary>Tells what a tool answered; returns its classes and the redacted body.</summary>
    public Task<ResponseScanAnswer> ScanResponseAsync(ResponseScanRequest request, CancellationToken cancel = default) => gateway.Send(
        HttpMethod.Post, "/v1/scan/response", JsonSerializer.SerializeToUtf8Bytes(request, ScanJson.Default.ResponseScanRequest), ScanJson.Default.ResponseScanAnswer,
        TimeSpan.Zero, null, cancel);

    /// <summary>A key for minutes, never wider than this one.</summary>
    public Task<MintedEphemeralKey> MintEphemeralKeyAsync(MintEphemeralKeyRequest request, CancellationToken cancel = default) => gateway.Send(
        HttpMethod.Post, "/v1/keys/ephemeral", JsonSerializer.SerializeToUtf8Bytes(request, ContractJson.Default.MintEphemeralKeyRequest), ContractJson.Default.MintedEphemeralKey,
        TimeSpan.Zero, null, cancel);

    /// <summary>Whether the gateway can decide and record now.</summary>
    public async Task<bool> IsHealthyAsync(CancellationToken cancel = default)
    {
        try
        {
            using var response = await http.GetAsync(new Uri(options.GatewayUrl, "/health/ready"), cancel).ConfigureAwait(false);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    /// <summary>Asks for a function call, <c>tool://runtime/function</c>.</summary>
    public Task<ScanResponse> AuthorizeFunctionAsync(string function, JsonElement arguments, CancellationToken cancel = default) =>
        AuthorizeAsync(new() { Method = "POST", Url = $"tool://{options.RuntimeType}/{Uri.EscapeDataString(function)}", Body = arguments }, cancel);

    async Task<ScanResponse> Redeemed(ScanResponse pending, string approval, CancellationToken cancel)
    {
        try
        {
            var redeemed = await RedeemAsync(approval, cancel).ConfigureAwait(false);
            return pending with { Decision = redeemed.Decision, SanitizedBody = redeemed.SanitizedBody, TraceId = redeemed.TraceId.ToString(), ReasonCodes = [ReasonCodes.ApprovedByReviewer] };
        }
        catch (RequestException conflict) when (conflict.Status == 409)
        {
            throw new DeniedException($"The approval of {NameOf(pending)} cannot be used: {conflict.Reason}, trace {pending.TraceId}", pending);
        }
    }

    async Task<ScanResponse> Decide(string path, byte[] body, TimeSpan held, string? idempotencyKey, CancellationToken cancel)
    {
        var key = idempotencyKey ?? "net-" + Guid.CreateVersion7();
        try
        {
            for (var attempt = 0; ; attempt++)
            {
                var decision = await gateway.Send(HttpMethod.Post, path, body, ScanJson.Default.ScanResponse, held, key, cancel).ConfigureAwait(false);
                if (decision is { Decision: Decision.Sanitize, SanitizedBody: null } or { Decision: Decision.RequireApproval, ApprovalId: null })
                    throw new GatewayException($"{decision.Decision.Word()} came without what belongs to it.");
                if (decision.Durable != false || attempt >= options.Retries)
                    return decision;
                // The gateway could not record its refusal, so nothing was decided.
                await gateway.Pause(TimeSpan.FromMilliseconds(decision.RetryAfterMs ?? 1000), cancel).ConfigureAwait(false);
            }
        }
        catch (GatewayException) when (!options.FailClosed)
        {
            return FailedOpen();
        }
    }

    static ScanResponse FailedOpen() => new()
    {
        Decision = Decision.Allow, RiskScore = 0, RiskBand = RiskBand.Low, ReasonCodes = ["FAIL_OPEN"], TraceId = "", ToolName = "", Operation = "", Verb = Verb.Write,
        Classifications = [], Findings = [], Signals = [],
    };

    static string NameOf(ScanResponse decision) => $"{decision.ToolName}.{decision.Operation}";
}
