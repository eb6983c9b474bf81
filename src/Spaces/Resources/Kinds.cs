namespace Flatfile.Spaces.Resources;

/// <summary>All kinds that are stored as bodies. Those of a space travel with it.</summary>
internal static class Kinds
{
    public static Kind Actions { get; } = Kind.OfSpace("actions", "us_act_", "action");

    public static Kind Agents { get; } = Kind.OfEnvironment("agents", "us_ag_", "agent");

    public static Kind AgentVersions { get; } = Kind.OfEnvironment("agent versions", "us_agv_", "agent version");

    public static Kind Analyses { get; } = Kind.OfSpace("analyses", "us_an_", "analysis");

    public static Kind Apps { get; } = Kind.OfEnvironment("apps", "us_app_", "app");

    public static Kind CanvasAreas { get; } = Kind.OfEnvironment("canvas areas", "us_cva_", "canvas area");

    public static Kind Constraints { get; } = Kind.OfEnvironment("constraints", "us_cn_", "constraint");

    public static Kind ConstraintVersions { get; } = Kind.OfEnvironment("constraint versions", "us_cnv_", "constraint version");

    public static Kind DataClips { get; } = Kind.OfSpace("data clips", "us_clip_", "data clip");

    public static Kind Datapoints { get; } = Kind.OfEnvironment("datapoints", "us_odp_", "onboarding datapoint");

    public static Kind Flags { get; } = Kind.OfSpace("flags", "us_flg_", "flag");

    public static Kind Guidance { get; } = Kind.OfSpace("guidance", "us_gd_", "guidance");

    public static Kind Guides { get; } = Kind.OfEnvironment("guides", "us_gu_", "guide");

    public static Kind MappingRules { get; } = Kind.OfEnvironment("mapping rules", "us_mr_", "mapping rule");

    public static Kind Messages { get; } = Kind.OfSpace("messages", "us_msg_", "message");

    public static Kind Onboardings { get; } = Kind.OfEnvironment("onboardings", "us_onb_", "onboarding");

    public static Kind Policies { get; } = Kind.OfEnvironment("data retention policies", "us_drp_", "data retention policy");

    public static Kind Programs { get; } = Kind.OfEnvironment("mapping programs", "us_mp_", "mapping program");

    public static Kind Prompts { get; } = Kind.OfEnvironment("prompts", "us_pr_", "prompt");

    public static Kind Routines { get; } = Kind.OfEnvironment("routines", "us_rtn_", "routine");

    public static Kind Runbooks { get; } = Kind.OfEnvironment("runbooks", "us_rb_", "runbook");

    public static Kind Threads { get; } = Kind.OfSpace("threads", "us_th_", "thread");

    public static Kind Transformations { get; } = Kind.OfEnvironment("transformations", "us_tr_", "transformation");
}
