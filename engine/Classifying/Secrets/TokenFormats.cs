using Interven.Contracts;

namespace Interven.Engine.Classifying.Secrets;

/// <summary>
/// The vendors' token table: one row per format, from the vendors' own documentation. A file of data, longer than others for that reason.
/// </summary>
static class TokenFormats
{
    static readonly Dictionary<string, DataKind> ByName = new(StringComparer.Ordinal);

    public static IReadOnlyList<TokenFormat> All { get; } = [.. Clouds(), .. Azure(), .. CodeHosts(), .. Messaging(), .. Payments(), .. Models(), .. Operations(), .. Business(), .. Webhooks(), .. Encoded()];

    public static IReadOnlyList<DataKind> Kinds => [.. ByName.Values];

    static IEnumerable<TokenFormat> Clouds() =>
    [
        .. Rows("aws", "aws_access_key_id", .9, TokenChecks.AwsKeyId, Confidence.Medium, @"AKIA\u{16}", @"ASIA\u{16}", @"ABIA\u{16}", @"ACCA\u{16}"),
        .. Rows("aws", "aws_bedrock_key", .95, @"ABSK[A-Za-z0-9+/=]{109,269}", @"bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[A-Za-z0-9+/=]{0,}"),
        .. Rows("aws", "aws_mws_key", .9, @"amzn.mws.\l{8}-\l{4}-\l{4}-\l{4}-\l{12}"),
        .. Rows("google", "google_api_key", .8, @"AIza\b{35}"),
        .. Rows("google", "google_oauth_secret", .95, @"GOCSPX-\b{28}", @"ya29.\b{30,}", @"1//0\b{40,}"),
        .. Rows("google", "gcp_hmac_key", .9, @"GOOG1E\u{55}", @"GOOG\u{10,20}"),
        .. Rows("alibaba", "alibaba_access_key", .9, TokenChecks.HasDigitAndLetter, null, @"LTAI\a{12,20}"),
        .. Rows("digitalocean", "digitalocean_token", .95, @"dop_v1_\h{64}", @"doo_v1_\h{64}", @"dor_v1_\h{64}"),
        .. Rows("heroku", "heroku_key", .95, @"HRKU-\b{36,60}"),
        .. Rows("flyio", "flyio_token", .95, @"fo1_\b{43}", @"fm1r_[A-Za-z0-9+/=]{40,}", @"fm1a_[A-Za-z0-9+/=]{40,}", @"fm2_[A-Za-z0-9+/=]{40,}"),
        .. Rows("ibm", "softlayer_key", .9, @"softlayer.com/soap/v3/\l{64}", @"softlayer.com/soap/v3.1/\l{64}"),
        .. Rows("ibm", "ibm_cloud_key", .9, @"ApiKey-\H{8}-\H{4}-\H{4}-\H{4}-\H{12}"),
        .. Rows("yandex", "yandex_key", .9, @"AQVN\b{35,38}", @"t1.[A-Z0-9a-z_-]{1,}[=]{0,2}.[A-Z0-9a-z_-]{86}"),
        .. Rows("tencent", "tencent_key", .9, @"AKID\a{32}"),
        .. Rows("scaleway", "scaleway_key", .9, TokenChecks.HasDigitAndLetter, null, @"SCW[A-Z0-9]{17}"),
        .. Rows("linode", "linode_token", .9, @"linode_pat_\h{64}"),
        .. Rows("exoscale", "exoscale_key", .9, @"EXO\h{24}"),
        .. Rows("akamai", "akamai_key", .9, @"akab-\l{16}-\l{16}"),
        .. Rows("cloudflare", "cloudflare_token", .95, @"v1.0-\h{24}-\h{146}", @"cfk_\a{40,60}", @"cfut_\a{40,60}", @"cfat_\a{40,60}"),
        .. Rows("supabase", "supabase_key", .95, @"sbp_\a{40}", @"sbp_v0_\h{40}", @"sb_secret_\b{30,}"),
        .. Rows("vercel", "vercel_token", .95, @"vcp_\a{24,80}", @"vci_\a{24,80}", @"vca_\a{24,80}", @"vcr_\a{24,80}", @"vck_\a{24,80}", @"vercel_blob_rw_\a{16}_\a{30}"),
        .. Rows("netlify", "netlify_token", .95, @"nfp_\b{36,}", @"nfc_\b{36,}", @"nfo_\b{36,}", @"nfu_\b{36,}"),
        .. Rows("render", "render_key", .95, @"rnd_\a{32}"),
        .. Rows("aiven", "aiven_token", .95, @"aivenv1\6{300,600}", @"AVNS_\b{19}"),
        .. Rows("planetscale", "planetscale_token", .95, @"pscale_oauth_[A-Za-z0-9=._-]{32,64}", @"pscale_tkn_[A-Za-z0-9=._-]{32,64}", @"pscale_pw_[A-Za-z0-9=._-]{32,74}"),
        .. Rows("mongodb", "mongodb_atlas_key", .95, @"mdb_sa_sk_\b{32,}"),
        .. Rows("neon", "neon_key", .95, @"napi_\a{60,70}"),
    ];

    /// <summary>Microsoft's identifiable keys carry a fixed signature at a fixed place (microsoft/security-utilities).</summary>
    static IEnumerable<TokenFormat> Azure() =>
    [
        .. Rows("azure", "azure_key", .95,
            @"\6{76}+ASt\6{6}==", @"\6{76}ACDb\6{6}==", @"\6{76}+ABa\6{6}==", @"\6{76}APIM\6{6}==", @"\6{76}AMLs\6{6}==",
            @"\6{33}+ASb\6{6}=", @"\6{33}+AEh\6{6}=", @"\6{33}+ARm\6{6}=", @"\6{33}AIoT\6{6}=", @"\6{42}+ACR\6{6}",
            @"\a{42}AzSe\a{6}", @"\6{40,46}AzCa\6{5,6}=", @"\b{40,46}AzFu\b{5,8}", @"\6{44}AzCa\a{5}", @"\6{50,54}JQQJ9\6{20,30}[=]{0,2}", @"\6{32}AzRe\6{6,8}"),
        .. Enumerable.Range(0, 10).SelectMany(digit => Rows("azure", "azure_ad_client_secret", .95, @"[A-Za-z0-9_~.-]{3}" + digit + @"Q~[A-Za-z0-9_~.-]{31,34}")),
        .. Rows("azure", "azure_sas", .9, @"sig=[A-Za-z0-9%+/]{40,140}[=]{0,2}"),
        .. Rows("azure", "azure_storage_key", .95, @"AccountKey=\6{86}=="),
    ];

    static IEnumerable<TokenFormat> CodeHosts() =>
    [
        .. Rows("github", "github_token", .95, TokenChecks.Crc32AfterUnderscore, Confidence.Medium, @"ghp_\a{36}", @"gho_\a{36}", @"ghu_\a{36}", @"ghs_\a{36}", @"ghr_\a{36,76}"),
        .. Rows("github", "github_token", .95, @"github_pat_\w{82}", @"github_pat_\a{22}_\a{59}", @"github_pat_\w{60,90}"),
        .. Rows("gitlab", "gitlab_token", .95, @"glpat-\b{20,300}[.]{0,1}\l{0,2}[.]{0,1}\l{0,9}", @"gldt-\b{20,}", @"glrt-\b{20,}", @"glrt-t\d_\b{20,27}[.]{0,1}[a-z0-9.]{0,12}", @"glrtr-\b{20,}", @"glcbt-\b{20,}", @"glptt-\b{40}", @"glft-\b{20,}", @"glimt-\b{25}",
            @"glagent-\b{50,}", @"gloas-\b{64}", @"glsoat-\b{20,}", @"glffct-\b{20,}", @"glwt-\b{20,}", @"GR1348941\b{20}", @"_gitlab_session=\h{32}"),
        .. Rows("bitbucket", "bitbucket_token", .95, @"ATCTT3xFfG\b{30,}[=]{0,1}\a{0,8}", @"ATBB\a{32}"),
        .. Rows("atlassian", "atlassian_token", .95, @"ATATT3xFfGF\b{50,}[=]{0,1}\a{0,8}", @"ATCTT3xFfGN0\b{50,}[=]{0,1}\a{0,8}"),
        .. Rows("npm", "npm_token", .95, TokenChecks.Crc32AfterUnderscore, Confidence.Medium, @"npm_\a{36}"),
        .. Rows("pypi", "pypi_token", .95, @"pypi-AgEIcHlwaS5vcmc\b{50,}", @"pypi-AgENdGVzdC5weXBpLm9yZ\b{50,}"),
        .. Rows("nuget", "nuget_key", .95, @"oy2\l{43}"),
        .. Rows("rubygems", "rubygems_key", .95, @"rubygems_\h{48}"),
        .. Rows("sidekiq", "sidekiq_license", .8, "CONTRIBSYS__COM[ :=\"'.]{1,8}\\h{8}:\\h{8}"),
        .. Rows("crates", "crates_token", .95, @"cio\a{32}"),
        .. Rows("clojars", "clojars_token", .95, @"CLOJARS_\l{60}"),
        .. Rows("dockerhub", "dockerhub_token", .95, @"dckr_pat_\b{24,36}", @"dckr_oat_\b{32}"),
        .. Rows("docker", "docker_swarm_key", .95, @"SWMKEY-1-\6{43}", @"SWMTKN-1-\l{50}-\l{25}"),
        .. Rows("artifactory", "artifactory_key", .95, @"AKCp\a{10,}", @"cmVmdGtuO\a{50,60}", @"cmVmd[A-Za-z0-9]{59}"),
        .. Rows("sonarqube", "sonarqube_token", .9, @"sqp_\h{40}", @"squ_\h{40}", @"sqa_\h{40}"),
        .. Rows("snyk", "snyk_token", .9, @"snyk_uat.\b{8}.\b{20,}", @"snyk_sat.\b{8}.\b{20,}"),
        .. Rows("sourcegraph", "sourcegraph_token", .95, @"sgp_\H{16}_\H{40}", @"sgp_\H{40}", @"sgp_local_\H{40}", @"sgp_\H{16}_local_\H{40}", @"slk_\h{64}"),
        .. Rows("circleci", "circleci_token", .95, @"CCIPAT_\a{22}_\h{40}", @"CCIPRJ_\a{22}_\h{40}"),
        .. Rows("buildkite", "buildkite_token", .95, @"bkua_\h{40}", @"bkpt_\h{40}", @"bkaj_\b{40,}"),
        .. Rows("harness", "harness_token", .95, @"pat.\b{22}.\a{24}.\a{20}", @"sat.\b{22}.\a{24}.\a{20}"),
        .. Rows("pulumi", "pulumi_token", .95, @"pul-\h{40}"),
        .. Rows("terraform", "terraform_token", .95, @"\a{14}.atlasv1.[A-Za-z0-9=_-]{60,70}"),
        .. Rows("postman", "postman_key", .95, @"PMAK-\h{24}-\h{34}", @"PMAT-\u{26}"),
        .. Rows("readme", "readme_key", .9, @"rdme_\l{70}"),
        .. Rows("prefect", "prefect_key", .95, @"pnu_\a{36}", @"pnb_\a{36}"),
        .. Rows("infracost", "infracost_key", .9, @"ico-\a{32}"),
        .. Rows("scalingo", "scalingo_token", .95, @"tk-us-\b{48}"),
        .. Rows("dependencytrack", "dependencytrack_key", .95, @"odt_\a{32,80}", @"odt_\a{8}_\a{32}"),
        .. Rows("endorlabs", "endorlabs_key", .95, @"endr+\b{16}"),
        .. Rows("frameio", "frameio_token", .9, @"fio-u-\b{60,70}"),
        .. Rows("figma", "figma_token", .95, @"figd_\b{38,46}", @"figo_\b{38,46}"),
    ];

    static IEnumerable<TokenFormat> Messaging() =>
    [
        .. Rows("slack", "slack_token", .95, @"xoxb-\d{8,14}-\b{10,}", @"xoxb-\a{10,}", @"xoxp-\d{8,14}-\b{10,}", @"xoxa-[0-9A-Za-z-]{20,}", @"xoxs-\d{6,14}-\b{10,}", @"xoxo-\d{1,14}-\b{10,}", @"xoxr-\b{20,}", @"xoxc-\d{8,14}-\b{10,}", @"xoxd-[A-Za-z0-9%+/=_-]{40,}",
            @"xapp-\d{1}-\u{8,14}-\d{8,16}-\a{32,}", @"xoxe-\d{1}-\a{100,}", @"xoxe.xoxb-\d{1}-\a{100,}", @"xoxe.xoxp-\d{1}-\a{100,}", @"xwfp-\b{30,}"),
        .. Rows("discord", "discord_token", .95, TokenChecks.HasDigitAndLetter, null, @"mfa.\b{84}"),
        .. Rows("telegram", "telegram_token", .95, @"\d{8,10}:AA\b{32,34}"),
        .. Rows("sendgrid", "sendgrid_key", .95, @"SG.\b{20,24}.\b{39,50}"),
        .. Rows("mailgun", "mailgun_key", .9, @"key-\h{32}", @"pubkey-\h{32}"),
        .. Rows("mailchimp", "mailchimp_key", .95, @"\h{32}-us\d{1,2}"),
        .. Rows("mandrill", "mandrill_key", .95, @"md-\a{22}"),
        .. Rows("brevo", "brevo_key", .95, @"xkeysib-\h{64}-\a{16}", @"xsmtpsib-\h{64}-\a{16}"),
        .. Rows("pangea", "pangea_token", .95, @"pts_\l{32}"),
        .. Rows("resend", "resend_key", .95, @"re_\a{8}_\a{20,30}"),
        .. Rows("telnyx", "telnyx_key", .95, @"KEY0\u{32}_\a{22}"),
        .. Rows("intercom", "intercom_token", .9, @"dG9rO\6{54}="),
        .. Rows("onesignal", "onesignal_key", .95, @"os_v2_app_\l{103}", @"os_v2_org_\l{103}"),
    ];

    static IEnumerable<TokenFormat> Payments() =>
    [
        .. Rows("stripe", "stripe_key", .95, @"sk_live_\a{24,}", @"sk_test_\a{24,}", @"sk_prod_\a{24,}", @"rk_live_\a{24,}", @"rk_test_\a{24,}", @"rk_prod_\a{24,}", @"sk_org_\a{24,}", @"whsec_[A-Za-z0-9+/=]{24,}"),
        .. Rows("square", "square_token", .95, @"sq0atp-\b{22,60}", @"sq0csp-\b{22,60}", @"EAAAE\b{55,60}", @"EAAAl\b{55,60}"),
        .. Rows("paypal", "paypal_braintree_token", .95, @"access_token$production$\l{16,22}$\H{32,}", @"access_token$sandbox$\l{16,22}$\H{32,}"),
        .. Rows("plaid", "plaid_token", .95, @"access-production-\H{8}-\H{4}-\H{4}-\H{4}-\H{12}", @"access-sandbox-\H{8}-\H{4}-\H{4}-\H{4}-\H{12}", @"access-development-\H{8}-\H{4}-\H{4}-\H{4}-\H{12}"),
        .. Rows("adyen", "adyen_key", .95, @"AQE\a{1}[A-Za-z0-9+/=.-]{50,}"),
        .. Rows("paystack", "paystack_key", .95, @"sk_test_\h{40}"),
        .. Rows("flutterwave", "flutterwave_key", .9, @"FLWSECK_TEST-\H{12,32}[X-]{0,2}", @"FLWSECK-\a{32}-X", @"FLWPUBK_TEST-\H{32}-X", @"FLWPUBK-\a{32}-X"),
        .. Rows("razorpay", "razorpay_key", .9, @"rzp_live_\a{14,24}", @"rzp_test_\a{14,24}"),
        .. Rows("mollie", "mollie_key", .9, TokenChecks.HasDigitAndLetter, null, @"live_\a{30}", @"access_\a{40}"),
        .. Rows("gocardless", "gocardless_token", .95, @"live_[A-Za-z0-9_=-]{40}"),
        .. Rows("shippo", "shippo_token", .9, @"shippo_live_\H{40}", @"shippo_test_\H{40}"),
        .. Rows("easypost", "easypost_key", .9, @"EZAK\a{54}", @"EZTK\a{54}"),
        .. Rows("lob", "lob_key", .9, @"live_pub_\h{31}", @"test_pub_\h{31}", @"test_\h{35}", @"live_\h{35}"),
        .. Rows("shopify", "shopify_token", .95, @"shpat_\a{32}", @"shpss_\a{32}", @"shpca_\a{32}", @"shppa_\a{32}", @"shptka_\a{32}", @"shpua_\a{32}", @"shpit_\a{32}", @"shpac_\a{32}", @"shpat_\H{38}", @"shpat_\a{33,64}", @"shpss_\a{33,64}", @"shpca_\a{33,64}", @"shppa_\a{33,64}"),
        .. Rows("flexport", "flexport_token", .95, @"shltm_\b{40}"),
        .. Rows("duffel", "duffel_token", .95, @"duffel_test_\b{43}", @"duffel_live_\b{43}"),
        .. Rows("coinbase", "coinbase_key", .95, @"organizations/\h{8}-\h{4}-\h{4}-\h{4}-\h{12}/apiKeys/\h{8}-\h{4}-\h{4}-\h{4}-\h{12}"),
        .. Rows("paddle", "paddle_key", .95, @"pdl_live_apikey_\l{26}_\a{22}_\a{3}", @"pdl_sdbx_apikey_\l{26}_\a{22}_\a{3}"),
        .. Rows("fleetbase", "fleetbase_key", .9, @"flb_live_\a{20}", @"flb_test_\a{20}"),
    ];

    static IEnumerable<TokenFormat> Models() =>
    [
        .. Rows("anthropic", "anthropic_key", .95, @"sk-ant-\l{2,12}-\b{60,}"),
        .. Rows("openai", "openai_key", .95, @"\b{13,90}T3BlbkFJ\b{20,74}", @"sk-proj-\b{40,}", @"sk-svcacct-\b{40,}", @"sk-admin-\b{40,}", @"sk-None-\b{40,}"),
        .. Rows("openai", "llm_key", .9, TokenChecks.HasDigitAndLetter, null, @"sk-\h{32}", @"sk-\a{48}", @"sk-or-v1-\h{64}", @"sk-lf-\h{8}-\h{4}-\h{4}-\h{4}-\h{12}", @"sk-kimi-\a{40,}"),
        .. Rows("huggingface", "huggingface_token", .95, @"hf_\a{34,40}", @"api_org_\a{34}"),
        .. Rows("groq", "groq_key", .95, @"gsk_\a{52}"),
        .. Rows("xai", "xai_key", .95, @"xai-\a{70,85}"),
        .. Rows("perplexity", "perplexity_key", .95, @"pplx-\a{48}"),
        .. Rows("replicate", "replicate_token", .95, @"r8_\b{37,46}"),
        .. Rows("fireworks", "fireworks_key", .9, @"fw_\a{24}"),
        .. Rows("together", "together_key", .9, @"tgp_v1_\b{40,}"),
        .. Rows("elevenlabs", "elevenlabs_key", .9, @"sk_\h{48}"),
        .. Rows("langchain", "langsmith_key", .95, @"lsv2_pt_\h{32}_\h{10}", @"lsv2_sk_\h{32}_\h{10}", @"ls__\h{32}"),
        .. Rows("llamacloud", "llamacloud_key", .95, @"llx-\b{48,}"),
        .. Rows("pinecone", "pinecone_key", .95, @"pcsk_\b{60,80}"),
        .. Rows("tavily", "tavily_key", .95, @"tvly-\b{30,50}"),
        .. Rows("firecrawl", "firecrawl_key", .9, @"fc-\h{32}"),
        .. Rows("jina", "jina_key", .95, @"jina_\b{55,65}"),
        .. Rows("nvidia", "nvidia_key", .95, @"nvapi-\b{60,80}"),
        .. Rows("databricks", "databricks_token", .95, @"dapi\h{32}[-]{0,1}\d{0,2}", @"dapi\a{1}\h{32}", @"dose\h{32}", @"dkea\h{32}", @"dsapi\h{32}"),
        .. Rows("wandb", "wandb_key", .95, @"wandb_v1_\b{60,}"),
        .. Rows("cerebras", "cerebras_key", .95, @"csk-\l{48}"),
        .. Rows("e2b", "e2b_key", .9, @"e2b_\h{40}"),
        .. Rows("voyage", "voyage_key", .9, @"pa-\b{43}"),
    ];

    static IEnumerable<TokenFormat> Operations() =>
    [
        .. Rows("interven", "interven_key", 1.0, TokenChecks.IntervenKey, Confidence.Medium, @"iv_live_\a{46}", @"iv_eph_\a{46}", @"iv_svc_\a{46}"),
        .. Rows("vault", "vault_token", .95, @"hvs.\b{24,}", @"hvb.\b{90,}", @"hvr.\b{24,}"),
        .. Rows("pagerduty", "pagerduty_key", .9, @"pdus+_0XBPWQQ_\b{20,}"),
        .. Rows("newrelic", "newrelic_key", .9, @"NRAK-\a{27}", @"NRII-\b{32}", @"NRIQ-\b{32}", @"NRRA-\h{42}", @"NRSP-\a{30,}", @"NRJS-\h{19}", @"NRBR-\h{19}", @"NRAA-\h{27}", @"\h{36}NRAL"),
        .. Rows("grafana", "grafana_token", .95, @"glc_[A-Za-z0-9+/=]{32,400}", @"glsa_\a{32}_\H{8}", @"eyJrIjoi[A-Za-z0-9+/=]{50,400}"),
        .. Rows("datadog", "datadog_key", .9, @"ddapp_\a{34}", @"ddpat_\a{22,}"),
        .. Rows("dynatrace", "dynatrace_token", .95, @"dt0c01.\u{24}.\u{64}", @"dt0s01.\u{24}.\u{64}", @"dt0s16.\u{8,24}.\u{64}"),
        .. Rows("sentry", "sentry_token", .95, @"sntrys_eyJpYXQi[A-Za-z0-9+/=]{60,}_[A-Za-z0-9+/]{43}", @"sntryu_\h{64}", @"sntrya_\h{64}", @"sntryi_\h{64}"),
        .. Rows("honeycomb", "honeycomb_key", .9, @"hcaik_\a{58,}", @"hcbik_\a{58,}", @"hcxik_\a{58,}", @"hcxlk_\a{58,}", @"hcamk_\a{32,}", @"hcalk_\a{58,}"),
        .. Rows("posthog", "posthog_key", .8, @"phc_\a{38,46}", @"phx_\a{38,60}", @"phs_\a{38,46}", @"pha_\a{38,60}", @"phr_\a{38,60}"),
        .. Rows("doppler", "doppler_token", .95, @"dp.pt.\a{40,44}", @"dp.st.\a{40,44}", @"dp.st.\b{1,35}.\a{40,44}", @"dp.ct.\a{40,44}", @"dp.sa.\a{40,44}", @"dp.scim.\a{40,44}", @"dp.audit.\a{40,44}", @"dp.said.\a{40,44}"),
        .. Rows("onepassword", "onepassword_key", 1.0, TokenChecks.HasDigitAndLetter, null, @"A3-\u{6}-\u{11}-\u{5}-\u{5}-\u{5}", @"A3-\u{6}-\u{6}-\u{5}-\u{5}-\u{5}-\u{5}"),
        .. Rows("onepassword", "onepassword_token", 1.0, @"ops_eyJ[A-Za-z0-9+/=_-]{200,}"),
        .. Rows("infisical", "infisical_token", .95, @"st.\h{24}.\h{32}.\h{32}"),
        .. Rows("age", "age_key", 1.0, @"AGE-SECRET-KEY-1\u{58}"),
        .. Rows("age", "age_recipient", .3, @"age1\l{58}"),
        .. Rows("nats", "nats_seed", 1.0, @"SUA[A-Z2-7]{55}", @"SAA[A-Z2-7]{55}", @"SOA[A-Z2-7]{55}", @"SNA[A-Z2-7]{55}"),
        .. Rows("tailscale", "tailscale_key", .95, @"tskey-auth-\a{8,20}-\a{16,40}", @"tskey-api-\a{8,20}-\a{16,40}", @"tskey-client-\a{8,20}-\a{16,40}", @"tskey-\a{12,}-\a{12,}"),
        .. Rows("definednetworking", "definednetworking_key", .95, @"dnkey-[A-Za-z0-9=_-]{26}-[A-Za-z0-9=_-]{52}"),
        .. Rows("authress", "authress_key", .95, @"sc_\l{5,30}.\l{4,6}.acc_[A-Za-z0-9-]{10,32}.[A-Za-z0-9+/_=-]{30,120}", @"ext_\l{5,30}.\l{4,6}.acc_\b{10,32}.[A-Za-z0-9+/_=-]{30,120}"),
        .. Rows("clerk", "clerk_key", .9, @"ak_live_\a{40,}"),
        .. Rows("workos", "workos_key", .95, @"sk_live_c\a{20,}", @"wos_\a{30,}"),
        .. Rows("stytch", "stytch_key", .95, @"secret-live-\b{30,}", @"secret-test-\b{30,}"),
        .. Rows("okta", "okta_token", .95, @"SSWS 00\b{40}"),
        .. Rows("launchdarkly", "launchdarkly_key", .9, @"api-\h{8}-\h{4}-\h{4}-\h{4}-\h{12}", @"sdk-\h{8}-\h{4}-\h{4}-\h{4}-\h{12}", @"mob-\h{8}-\h{4}-\h{4}-\h{4}-\h{12}"),
        .. Rows("statsig", "statsig_key", .9, @"secret-\a{40,50}"),
        .. Rows("configcat", "configcat_key", .9, @"configcat-sdk-\d{1}/\b{22}/\b{22}"),
        .. Rows("pixie", "pixie_key", .9, @"px-api-\h{8}-\h{4}-\h{4}-\h{4}-\h{12}", @"px-dep-\h{8}-\h{4}-\h{4}-\h{4}-\h{12}"),
        .. Rows("logfire", "logfire_token", .95, @"pylf_v1_us_\a{40,}", @"pylf_v1_eu_\a{40,}"),
        .. Rows("rollbar", "rollbar_token", .9, @"post_server_item_\h{32}"),
        .. Rows("rancher", "rancher_token", .95, @"token-\l{5}:\l{54}"),
        .. Rows("openshift", "openshift_token", .95, @"sha256~\b{43}"),
        .. Rows("kubernetes", "kubernetes_token", .9, @"bootstrap-token \l{6}.\l{16}", @"bootstrap-token=\l{6}.\l{16}"),
        .. Rows("vault", "vault_unseal_key", 1.0, TokenChecks.HasDigitAndLetter, null, @"Unseal Key \d{1}: [A-Za-z0-9+/=]{44}", @"operator unseal [A-Za-z0-9+/=]{44}"),
        .. Rows("maxmind", "maxmind_key", .9, @"\a{6}_\a{29,35}_mmk"),
    ];

    static IEnumerable<TokenFormat> Business() =>
    [
        .. Rows("linear", "linear_key", .95, @"lin_api_\a{40}", @"lin_oauth_\h{64}"),
        .. Rows("notion", "notion_token", .95, @"ntn_\a{40,50}", @"secret_\a{43}"),
        .. Rows("airtable", "airtable_token", .95, @"pat\a{14}.\h{64}"),
        .. Rows("clickup", "clickup_token", .9, @"pk_\d{6,10}_\u{32}"),
        .. Rows("hubspot", "hubspot_token", .95, @"pat-na1-\h{8}-\h{4}-\h{4}-\h{4}-\h{12}", @"pat-na2-\h{8}-\h{4}-\h{4}-\h{4}-\h{12}", @"pat-eu1-\h{8}-\h{4}-\h{4}-\h{4}-\h{12}"),
        .. Rows("salesforce", "salesforce_token", .9, @"00D\a{12,15}![A-Za-z0-9._]{60,120}"),
        .. Rows("dropbox", "dropbox_token", .95, @"sl.\b{130,152}", @"sl.u.\b{100,}", @"sl.B\b{100,}"),
        .. Rows("typeform", "typeform_token", .9, @"tfp_[A-Za-z0-9._=-]{40,60}"),
        .. Rows("calendly", "calendly_token", .9, @"eyJraWQiOiIxY2UxZTEzNjE3ZGNmNzY2YjNjZWJjY2Y4ZGM1YmFmYThhNjVlNjg0MDIzZjdjMzJiZTgzNDliMjM4MDEzNWI0IiwidHlwIjoiUEFUIiwiYWxnIjoiRVMyNTYifQ\b{0,}"),
        .. Rows("contentful", "contentful_token", .9, @"CFPAT-\b{43,}"),
        .. Rows("mapbox", "mapbox_token", .8, @"sk.eyJ1\b{30,}.\b{16,}", @"tk.eyJ1\b{30,}.\b{16,}", @"pk.eyJ1\b{30,}.\b{16,}", @"pk.\l{60}.\l{22}"),
        .. Rows("facebook", "facebook_token", .95, @"EAACEdEose0cBA\a{20,}", @"EAAG\a{80,}", @"EAAB\a{80,}", @"EAAC\a{80,}", @"EAAM\a{80,}", @"EAAD\a{80,}"),
        .. Rows("twitter", "twitter_bearer", .9, @"AAAAAAAAAAAAAAAAAAAA\a{6,}%\a{20,}", @"AAAAAAAAAAAAAAAAAAAA[A-Za-z0-9%+=/]{60,}"),
        .. Rows("twitch", "twitch_stream_key", .9, @"live_\d{7,10}_\a{30}"),
        .. Rows("settlemint", "settlemint_token", .95, @"sm_pat_\a{16}", @"sm_aat_\a{16}", @"sm_sat_\a{16}"),
        .. Rows("zoho", "zoho_token", .9, @"1000.\h{32}.\h{32}", @"1000.\u{30,35}", @"1000.\h{30,33}.\h{29,33}"),
        .. Rows("documo", "documo_key", .9, @"eyA1\a{20,}.\b{20,}.\b{20,}"),
        .. Rows("dfuse", "dfuse_key", .9, @"web_\h{32}", @"server_\h{32}"),
        .. Rows("supernotes", "supernotes_key", .9, @"supernotes_sk-\a{40,}"),
        .. Rows("scrapfly", "scrapfly_key", .9, @"scp-live-\h{32}", @"scp-test-\h{32}"),
        .. Rows("apify", "apify_token", .95, @"apify_api_\a{36,}"),
        .. Rows("teamworkspaces", "teamwork_token", .9, @"tkn.v1_[A-Za-z0-9=_-]{60,}"),
        .. Rows("pubnub", "pubnub_key", .6, @"sub-c-\H{8}-\H{4}-\H{4}-\H{4}-\H{12}", @"sec-c-\b{40,}", @"pub-c-\H{8}-\H{4}-\H{4}-\H{4}-\H{12}"),
        .. Rows("blynk", "blynk_client", .8, @"oa2-client-id_\b{32}"),
        .. Rows("deno", "deno_token", .95, @"ddp_\a{36}", @"ddo_\a{36}"),
        .. Rows("ubidots", "ubidots_key", .9, @"BBFF-\a{30}"),
        .. Rows("wakatime", "wakatime_key", .9, @"waka_\h{8}-\h{4}-\h{4}-\h{4}-\h{12}", @"waka_sec_\a{60,}"),
        .. Rows("adobe", "adobe_secret", .95, @"p8e-\b{32}"),
        .. Rows("trello", "trello_token", .9, @"ATTA\h{64}[A-F0-9]{8}"),
        .. Rows("canva", "canva_secret", .95, @"cnvca\b{40,}"),
    ];

    static IEnumerable<TokenFormat> Webhooks() =>
    [
        .. Rows("slack", "slack_webhook", .9, @"hooks.slack.com/services/T\u{6,14}/B\u{6,14}/\a{16,32}", @"hooks.slack.com/workflows/T\u{6,14}/A\u{6,14}/\d{10,22}/\a{16,32}", @"hooks.slack.com/triggers/[TE]\u{6,14}/\d{10,22}/\a{16,40}", @"hooks.slack.com/services/\b{6,}/\b{6,}/\b{12,}"),
        .. Rows("discord", "discord_webhook", .9, @"discord.com/api/webhooks/\d{16,20}/\b{55,80}", @"discordapp.com/api/webhooks/\d{16,20}/\b{55,80}"),
        .. Rows("teams", "teams_webhook", .9, @"webhook.office.com/webhookb2/\H{8}-[A-Fa-f0-9@-]{60,80}/IncomingWebhook/\H{32}/\H{8}-[A-Za-z0-9-]{20,}", @"outlook.office.com/webhook/[A-Za-z0-9-]{30,}@[A-Za-z0-9-]{30,}/IncomingWebhook/\a{30,}/[A-Za-z0-9-]{30,}",
            @"outlook.office.com/webhook/[A-Za-z0-9-]{30,}@[A-Za-z0-9-]{30,}/JenkinsCI/\a{32}/\H{8}-[A-Za-z0-9-]{30,}"),
        .. Rows("zapier", "zapier_webhook", .8, @"hooks.zapier.com/hooks/catch/[A-Za-z0-9/]{12,}"),
        .. Rows("ifttt", "ifttt_webhook", .8, @"maker.ifttt.com/trigger/\b{1,60}/with/key/\b{20,50}"),
        .. Rows("make", "make_webhook", .8, @"hook.eu1.make.com/\l{32}", @"hook.eu2.make.com/\l{32}", @"hook.us1.make.com/\l{32}", @"hook.us2.make.com/\l{32}"),
        .. Rows("google", "google_chat_webhook", .9, @"chat.googleapis.com/v1/spaces/\b{8,14}/messages?key=AIza\b{35}"),
        .. Rows("telegram", "telegram_bot_url", .95, @"api.telegram.org/bot\d{8,10}:\b{35}"),
        .. Rows("microsoft", "logic_app_url", .9, @"[A-Za-z0-9.-]{3,80}.logic.azure.com:443/workflows/\h{32}/\b{5,}"),
        .. Rows("lark", "lark_webhook", .8, @"open.feishu.cn/open-apis/bot/v2/hook/\b{30,}", @"open.larksuite.com/open-apis/bot/v2/hook/\b{30,}"),
        .. Rows("dingtalk", "dingtalk_webhook", .8, @"oapi.dingtalk.com/robot/send?access_token=\h{64}"),
        .. Rows("thingsboard", "thingsboard_token", .8, @"thingsboard.cloud/api/v1/\l{20}"),
    ];

    /// <summary>Keys and password hashes that show by their own first bytes.</summary>
    static IEnumerable<TokenFormat> Encoded() =>
    [
        .. Of(Classifying.Kinds.PrivateKey, @"LS0tLS1CRUdJTiBSU0EgUFJJVkFURSB[A-Za-z0-9+/=]{20,}", @"LS0tLS1CRUdJTiBQUklWQVRFI[A-Za-z0-9+/=]{20,}", @"LS0tLS1CRUdJTiBPUEVOU1NII[A-Za-z0-9+/=]{20,}", @"LS0tLS1CRUdJTiBFQyBQUklWQVRF[A-Za-z0-9+/=]{20,}", @"LS0tLS1CRUdJTiBFTkNSWVBURUQg[A-Za-z0-9+/=]{20,}", @"LS0tLS1CRUdJTiBEU0Eg[A-Za-z0-9+/=]{20,}", @"LS0tLS1CRUdJTiBQR1AgUFJJVkFUR[A-Za-z0-9+/=]{20,}",
            @"MII\6{3}IBAA\6{50,}", @"MII\6{2}wIBAD\6{50,}", @"MII\6{2}gIBAD\6{50,}", @"MII\6{2}QIBAD\6{50,}", @"b3BlbnNzaC1rZXktdjE\6{40,}"),
        .. Of(Classifying.Kinds.PasswordHash, @"$2a$\d{2}$[A-Za-z0-9./]{53}", @"$2b$\d{2}$[A-Za-z0-9./]{53}", @"$2y$\d{2}$[A-Za-z0-9./]{53}", @"$6$[A-Za-z0-9./=$]{80,140}", @"$5$[A-Za-z0-9./=$]{44,90}", @"$1$[A-Za-z0-9./]{1,8}$[A-Za-z0-9./]{22}", @"$apr1$[A-Za-z0-9./]{1,8}$[A-Za-z0-9./]{22}",
            @"$argon2id$[A-Za-z0-9+/=,$]{40,}", @"$argon2i$[A-Za-z0-9+/=,$]{40,}", @"$y$[A-Za-z0-9./$]{40,}", @"pbkdf2_sha256$\d{4,7}$[A-Za-z0-9+/=$]{40,}", @"$krb5asrep$[A-Za-z0-9@.:$_-]{40,}", @"$krb5tgs$[A-Za-z0-9@.:$*/_-]{40,}", @"$krb5pa$[A-Za-z0-9@.:$*/_-]{40,}"),
    ];

    static IEnumerable<TokenFormat> Of(DataKind kind, params string[] patterns) => patterns.Select(pattern => new TokenFormat(kind, pattern));

    static IEnumerable<TokenFormat> Rows(string vendor, string kind, double severity, params string[] patterns) =>
        Rows(vendor, kind, severity, null, Confidence.Medium, patterns);

    static IEnumerable<TokenFormat> Rows(string vendor, string kind, double severity, TokenCheck? check, Confidence? onFailure, params string[] patterns)
    {
        if (!ByName.TryGetValue(kind, out var dataKind))
            ByName[kind] = dataKind = new(kind, DataClasses.Secrets, severity, vendor);
        return patterns.Select(pattern => new TokenFormat(dataKind, pattern, check, onFailure));
    }
}
