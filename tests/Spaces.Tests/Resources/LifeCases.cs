namespace Flatfile.Spaces.Tests.Resources;

/// <summary>The lives of all resources that are stored bodies.</summary>
internal static class LifeCases
{
    public static IReadOnlyList<LifeCase> All { get; } =
    [
        new("actions", "actions", """{"label":"Submit","targetId":"{workbook}","operation":"submit","mode":"foreground","primary":true,"extra":{"kept":1}}""")
        {
            Prefix = "us_act_", Query = "?spaceId={space}", BareList = true,
            Change = """{"label":null,"tooltip":"t","primary":null}""", After = [("label", "\"Submit\""), ("tooltip", "\"t\""), ("primary", null), ("extra", """{"kept":1}""")],
            Faulty = """{"mode":"sideways","primary":"yes","inputForm":{"type":"simple","fields":[{"key":"a"}]},"constraints":[{"type":"hasLuck"}]}""",
            Faults = ["label", "targetId", "mode", "primary", "inputForm.fields[0].label", "inputForm.fields[0].type", "constraints[0].type"],
            Topics = ["action:created", "action:updated", "action:deleted"],
        },
        new("apps", "apps", """{"name":"App","namespace":"n","type":"CUSTOM","metadata":{"a":1}}""")
        {
            Prefix = "us_app_", Change = """{"name":"App 2","namespace":null,"metadata":null}""",
            After = [("name", "\"App 2\""), ("namespace", "\"n\""), ("metadata", null), ("type", "\"CUSTOM\""), ("entity", "\"Space\"")],
            Faulty = """{"name":" ","type":"x","entity":5}""", Faults = ["name", "namespace", "type", "entity"],
        },
        new("data retention policies", "data-retention-policies", """{"type":"lastActivity","period":30,"environmentId":"{environment}"}""")
        {
            Prefix = "us_drp_", Change = """{"period":7}""", After = [("period", "7"), ("type", "\"lastActivity\"")],
            Faulty = """{"type":"never","period":0}""", Faults = ["type", "period", "environmentId"],
            Found = ["environmentId={environment}"],
        },
        new("prompts", "prompts", """{"prompt":"Make it right","environmentId":"{environment}","spaceId":"{space}"}""")
        {
            Prefix = "us_pr_", Pages = true, Change = """{"prompt":"Again"}""", After = [("prompt", "\"Again\""), ("promptType", "\"AI_ASSIST\"")],
            Faulty = """{"promptType":"x","prompt":1}""", Faults = ["promptType", "prompt", "environmentId", "spaceId"],
            Found = ["promptType=AI_ASSIST", "promptType=ALL"], Missed = ["promptType=CONSTRAINT_GENERATION"],
        },
        new("canvas areas", "canvas-areas", """{"canvasId":"us_cv_1","type":"sheet","position":"left","config":{"x":1}}""")
        {
            Prefix = "us_cva_", Pages = true, Change = """{"visibility":"hidden","config":null}""",
            After = [("visibility", "\"hidden\""), ("config", null), ("layout", "\"split\""), ("canvasId", "\"us_cv_1\"")],
            Faulty = """{"type":"cloud","position":"up","layout":3}""", Faults = ["canvasId", "type", "position", "layout"],
            Found = ["canvasId=us_cv_1"], Missed = ["canvasId=us_cv_2", "parentId=us_cva_1"],
            Topics = ["canvas-area:created", "canvas-area:updated", "canvas-area:deleted"],
        },
        new("onboardings", "onboardings", """{"userId":"us_usr_1"}""")
        {
            Prefix = "us_onb_", Method = "PUT", ChangePath = "/progress", Change = """{"flow":"workflow","currentStep":3}""",
            After = [("flow", "\"workflow\""), ("currentStep", "3"), ("userId", "\"us_usr_1\"")],
            Faulty = """{"userId":""}""", Faults = ["userId"], Found = ["userId=us_usr_1"], Missed = ["userId=us_usr_2"],
        },
        new("datapoints", "onboardings/{onboarding}/datapoints", """{"onboardingId":"{onboarding}","source":"web","data":[1]}""")
        {
            Prefix = "us_odp_", Change = """{"source":null,"data":{"a":2}}""", After = [("source", null), ("data", """{"a":2}"""), ("onboardingId", "\"{onboarding}\"")],
            Faulty = """{"source":1}""", Faults = ["source"],
        },
        new("runbooks", "runbooks", """{"accountId":"{account}","appId":"us_app_1","environmentId":"{environment}","spaceId":"{space}","name":"R","config":{"sourceSheetIds":["a"],"destinationSheetIds":[]},"status":"CREATED","type":"SHEET_TOOL"}""")
        {
            Prefix = "us_rb_", Change = """{"status":"RECORDING","name":null}""", After = [("status", "\"RECORDING\""), ("name", "\"R\""), ("createdBy", null)],
            Faulty = """{"name":"R","config":{"sourceSheetIds":[1]},"status":"x","type":"y"}""",
            Faults = ["accountId", "appId", "environmentId", "spaceId", "config.sourceSheetIds[0]", "config.destinationSheetIds", "status", "type"],
            Found = ["appId=us_app_1", "spaceId={space}", "environmentId={environment}"], Missed = ["appId=us_app_2"],
        },
        new("routines", "routines", """{"runbookId":"{runbook}","name":"first","ordinal":1,"type":"JOB","config":{}}""")
        {
            Prefix = "us_rtn_", Query = "?runbookId={runbook}", Change = """{"ordinal":2,"config":null}""",
            After = [("ordinal", "2"), ("config", null), ("name", "\"first\""), ("runbookId", "\"{runbook}\"")],
            Faulty = """{"ordinal":-1,"type":"x"}""", Faults = ["runbookId", "name", "ordinal", "type"],
        },
        new("guides", "environments/{environment}/guides", """{"title":"G","slug":"g","description":"d","blocks":[{"type":"text"},null],"environmentId":"{environment}"}""")
        {
            Prefix = "us_gu_", Change = """{"title":"G2","description":null}""", After = [("title", "\"G2\""), ("description", "\"d\""), ("blocks", """[{"type":"text"},null]""")],
            Faulty = """{"title":"","blocks":[1]}""", Faults = ["description", "title", "slug", "blocks[0]", "environmentId"],
        },
        new("guidance", "spaces/{space}/guidance", """{"guideSlug":"g","options":{"target":"#a","trigger":"hover","type":"tooltip"}}""")
        {
            Prefix = "us_gd_", BareOne = true, Change = """{"options":{"target":"#b","trigger":"first","type":"popout","role":"guest"}}""",
            After = [("options", """{"target":"#b","trigger":"first","type":"popout","role":"guest"}"""), ("guideSlug", "\"g\"")],
            Faulty = """{"options":{"trigger":"x","type":"y","role":"z"}}""", Faults = ["guideSlug", "options.target", "options.trigger", "options.type", "options.role"],
        },
        new("flags", "workbooks/{workbook}/flags", """{"slug":"urgent","label":"Urgent","colorHex":"#0090FF"}""")
        {
            Prefix = "us_flg_", Key = "slug", BareOne = true, BareList = true, Change = """{"label":"Very","slug":"other"}""",
            After = [("label", "\"Very\""), ("slug", "\"urgent\""), ("colorHex", "\"#0090FF\"")],
            Faulty = """{"label":"","colorHex":"blue"}""", Faults = ["slug", "label", "colorHex"],
            Topics = ["flag:created", "flag:updated", "flag:deleted"],
        },
        new("threads", "threads", """{"resourceId":"{sheet}","status":"ready","state":{"a":1,"b":2},"source":"s"}""")
        {
            Prefix = "us_th_", Method = "PUT", Change = """{"status":"active","state":{"b":3},"stateUpdateStrategy":"upsert","source":null}""",
            After = [("status", "\"active\""), ("state", """{"a":1,"b":3}"""), ("source", null), ("stateUpdateStrategy", null)],
            Faulty = """{"status":"asleep","metadata":[]}""", Faults = ["resourceId", "metadata", "status"],
            Found = ["resourceId={sheet}", "environmentId={environment}"], Missed = ["resourceId={space}"],
            Topics = ["thread:created", "thread:updated", "thread:deleted"],
        },
        new("messages", "threads/{thread}/messages", """{"content":{"text":"hi"},"role":"user","parts":[{"a":1}]}""")
        {
            Prefix = "us_msg_", Method = "PUT", BareOne = true, Change = """{"content":{"text":"ho"},"parts":null}""",
            After = [("content", """{"text":"ho"}"""), ("parts", null), ("role", "\"user\""), ("threadId", "\"{thread}\"")],
            Faulty = """{"content":"text","role":"god","parts":[1]}""", Faults = ["content", "parts[0]", "role"],
        },
    ];
}
