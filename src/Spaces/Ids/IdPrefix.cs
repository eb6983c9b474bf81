namespace Flatfile.Spaces.Ids;

/// <summary>How ids of each kind begin.</summary>
internal static class IdPrefix
{
    public const string Space = "us_sp_";

    public const string Workbook = "us_wb_";

    public const string Sheet = "us_sh_";

    public const string File = "us_fl_";

    public const string Document = "us_dc_";

    public const string Job = "us_jb_";

    public const string Commit = "us_vr_";

    public const string Snapshot = "us_ss_";

    public const string View = "us_vi_";

    public const string Event = "us_evt_";

    public const string User = "us_usr_";

    public const string Environment = "us_env_";

    public const string Account = "us_acc_";

    public const string Key = "us_key_";

    public const string Secret = "us_sec_";

    public const string Guest = "us_g_";

    public const string Role = "us_rol_";

    public const string ActorRole = "us_acr_";

    public const string PersonalToken = "us_pat_";
}
