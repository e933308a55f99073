// Generated from schemas/config.schema.json by build/config-schema.mjs.
"use strict";
export const validate = validate20;
export default validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"Configuration of deploy-lint","description":"The team's configuration, .deploy-lint.yaml in the root of the repository. Everything has a default.","type":"object","additionalProperties":false,"properties":{"environments":{"description":"Words that name an environment, as a segment of a path or a part of an Application's name.","type":"object","additionalProperties":false,"properties":{"production":{"$ref":"#/$defs/words","default":["prod","production","prd","live"]},"staging":{"$ref":"#/$defs/words","default":["staging","stage","stg","preprod","uat"]},"development":{"$ref":"#/$defs/words","default":["dev","development","test","qa","sandbox"]}}},"images":{"description":"How images belong together.","type":"object","additionalProperties":false,"properties":{"families":{"description":"Groups of images that carry one tag, as globs over the repository's name. Without it, images of one unit whose names have a common stem.","type":"array","items":{"$ref":"#/$defs/words"},"default":[]}}},"dns":{"description":"Where hostnames have their records.","type":"object","additionalProperties":false,"properties":{"lists":{"description":"Files with one hostname a line that have records elsewhere, from the root of the repository.","$ref":"#/$defs/words","default":[]},"zones":{"description":"Zones whose records are all in this repository: a hostname in one of them without a record is a mistake.","$ref":"#/$defs/words","default":[]}}},"versions":{"description":"The file that states the versions of upstream components.","$ref":"#/$defs/word","default":"scripts/apps.yaml"},"gate":{"description":"What commits and pushes have to satisfy.","type":"object","additionalProperties":false,"properties":{"branches":{"description":"The branches that deploy, as globs. Without it, those that the repository's own Applications follow, else the default branch.","$ref":"#/$defs/words","default":[]},"acknowledge":{"description":"What a commit's message has to acknowledge: a risk from this level on, by Deploy-Risk; findings of a rule, by Deploy-Lint-Ack, and then an error of the rule stops no commit that acknowledges it.","$ref":"#/$defs/words","default":["high","policy-changed"]},"prePush":{"description":"What stops a push to a branch that deploys: findings of a severity, and a risk from a level on that no commit acknowledges.","type":"array","items":{"enum":["error","warning","low","medium","high"]},"default":["error","high"]}}},"staging":{"description":"What counts as tested on staging.","type":"object","additionalProperties":false,"properties":{"soak":{"description":"How long a version has to be on staging before production, such as 24h.","$ref":"#/$defs/duration","default":"0m"},"required":{"description":"From this risk on, a push of a version that staging has not run is stopped.","enum":["off","low","medium","high"],"default":"off"}}},"calendar":{"description":"When changes may go out.","type":"object","additionalProperties":false,"required":["timeZone"],"properties":{"timeZone":{"description":"The zone of every time here, by its IANA name.","$ref":"#/$defs/word","default":"UTC"},"freeze":{"description":"Times without changes. A day alone counts from its start, or to its end.","type":"array","items":{"type":"object","additionalProperties":false,"required":["from","to"],"properties":{"from":{"$ref":"#/$defs/moment"},"to":{"$ref":"#/$defs/moment"},"level":{"$ref":"#/$defs/level","default":"low"},"reason":{"$ref":"#/$defs/word"}}},"default":[]},"windows":{"description":"Maintenance windows. A risk from the window's level on goes out in one of them alone; the end may be on the next day.","type":"array","items":{"type":"object","additionalProperties":false,"required":["days","from","to"],"properties":{"days":{"type":"array","items":{"enum":["mon","tue","wed","thu","fri","sat","sun"]}},"from":{"$ref":"#/$defs/time"},"to":{"$ref":"#/$defs/time"},"level":{"$ref":"#/$defs/level","default":"high"}}},"default":[]}}},"allowances":{"description":"Comments and annotations that allow a finding. Each has a reason and a last day within a year.","type":"object","additionalProperties":false,"properties":{"most":{"description":"How many the repository may have: asked with --all, and where a change adds one.","type":"integer","minimum":0,"default":20}}},"observe":{"description":"What people look at to see how an application does. {application}, {namespace}, {client}, {app} and {environment} stand for those of the unit.","type":"object","additionalProperties":false,"properties":{"dashboards":{"description":"Addresses of dashboards, such as those of Grafana.","type":"array","items":{"type":"object","additionalProperties":false,"required":["title","address"],"properties":{"title":{"$ref":"#/$defs/word"},"address":{"$ref":"#/$defs/address"}}},"default":[]},"prometheus":{"description":"Address of Prometheus, where the queries can be opened, and which deploy-lint landed asks.","$ref":"#/$defs/address"},"clusters":{"description":"The clusters that this repository is applied to, by the uid of their namespace kube-system: deploy-lint landed asks no other.","$ref":"#/$defs/words","default":[]},"queries":{"description":"Queries in PromQL.","type":"array","items":{"type":"object","additionalProperties":false,"required":["title","query"],"properties":{"title":{"$ref":"#/$defs/word"},"query":{"$ref":"#/$defs/word"},"max":{"description":"Above it, and above the ratio of bounds times the value from before, deploy-lint landed fails.","type":"number"}}},"default":[]},"bounds":{"description":"From where on an application does worse than before a commit: above the bound, and above the ratio times the value from before.","type":"object","additionalProperties":false,"default":{},"properties":{"window":{"description":"How much before and after a roll is compared, such as 5m.","$ref":"#/$defs/duration","default":"5m"},"errors":{"description":"Share of answers with a status of 5xx.","type":"number","default":0.01},"latency":{"description":"Seconds in which 95 of 100 requests are answered.","type":"number","default":1},"ratio":{"description":"Times the value from before.","type":"number","default":1.5},"requests":{"description":"Requests in a window below which nothing is concluded.","type":"number","default":100}}}}},"rules":{"description":"Rules by id, each with a severity, or with a mapping of its severity and options. deploy-lint rules lists them. An id of its own with a when is a rule of the team.","type":"object","properties":{"config-change-not-picked-up":{"if":{"type":"object"},"then":{"type":"object","additionalProperties":false,"properties":{"severity":{"$ref":"#/$defs/severity"},"ignore":{"$ref":"#/$defs/ignore"},"auto-reload-all":{"description":"Reloader is started with --auto-reload-all: it restarts every workload that does not opt out.","type":"boolean","default":false}}},"else":{"$ref":"#/$defs/severity"}}},"additionalProperties":{"if":{"type":"object"},"then":{"if":{"type":"object","required":["when"]},"then":{"$ref":"policy.schema.json#/$defs/rule"},"else":{"type":"object","additionalProperties":false,"properties":{"severity":{"$ref":"#/$defs/severity"},"ignore":{"$ref":"#/$defs/ignore"}}}},"else":{"$ref":"#/$defs/severity"}},"default":{}},"risks":{"description":"Where rows of the risk table read otherwise, by path and environment. The first entry that fits a change counts.","type":"array","items":{"type":"object","additionalProperties":false,"properties":{"rows":{"description":"Ids of rows in rules/risk-table.yaml. Without it, every row.","$ref":"#/$defs/words"},"paths":{"description":"Globs over the file that changed and the folders of its unit; * stands for any text, slashes included, and a folder for all below it.","$ref":"#/$defs/words"},"environments":{"type":"array","items":{"enum":["production","staging","development","unknown"]}},"level":{"enum":["low","medium","high"]},"obligations":{"description":"What has to be done before the push, instead of what the row asks for.","type":"array","items":{"enum":["staging-first","dns-record","db-migration","backup","db-manager","maintenance-window"]}},"consult":{"description":"Whom to ask, instead of those that the row names.","$ref":"#/$defs/words"}}},"default":[]}},"$defs":{"word":{"type":"string","pattern":"\\S"},"severity":{"description":"off, or how bad it is.","enum":["off","info","warning","error"]},"ignore":{"description":"What the rule finds in these paths is not reported: globs in which * stands for any text, slashes included, and a folder for all below it.","$ref":"#/$defs/words"},"address":{"type":"string","pattern":"^https?://"},"words":{"type":"array","items":{"$ref":"#/$defs/word"}},"level":{"enum":["low","medium","high"]},"duration":{"title":"a time such as 30m, 24h or 3d","type":"string","pattern":"^\\d+[mhd]$"},"time":{"title":"a time of day such as 22:00","type":"string","pattern":"^([01]\\d|2[0-3]):[0-5]\\d$"},"moment":{"title":"a day such as 2026-12-20, or 2026-12-20 18:00","type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\d(T00:00:00Z|[ T]([01]\\d|2[0-3]):[0-5]\\d)?$"}}};
const schema33 = {"type":"string","pattern":"\\S"};
const schema35 = {"title":"a time such as 30m, 24h or 3d","type":"string","pattern":"^\\d+[mhd]$"};
const schema37 = {"title":"a day such as 2026-12-20, or 2026-12-20 18:00","type":"string","pattern":"^\\d{4}-\\d\\d-\\d\\d(T00:00:00Z|[ T]([01]\\d|2[0-3]):[0-5]\\d)?$"};
const schema39 = {"enum":["low","medium","high"]};
const schema41 = {"title":"a time of day such as 22:00","type":"string","pattern":"^([01]\\d|2[0-3]):[0-5]\\d$"};
const schema45 = {"type":"string","pattern":"^https?://"};
const schema73 = {"description":"off, or how bad it is.","enum":["off","info","warning","error"]};
const func1 = Object.prototype.hasOwnProperty;
const schema32 = {"type":"array","items":{"$ref":"#/$defs/word"}};
const pattern4 = new RegExp("\\S", "u");

function validate21(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate21.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
const err0 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/word/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema33,data:data0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/word/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema32.type,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate21.errors = vErrors;
return errors === 0;
}
validate21.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const schema51 = {"type":"object","additionalProperties":false,"required":["when","why","fix"],"properties":{"severity":{"enum":["info","warning","error"],"default":"warning"},"ignore":{"description":"What the rule finds in these paths is not reported: globs in which * stands for any text, slashes included, and a folder for all below it.","type":"array","items":{"$ref":"#/$defs/text"}},"kinds":{"description":"The kinds of objects that it is about. Without it, all.","type":"array","items":{"$ref":"#/$defs/text"},"minItems":1},"when":{"description":"True where there is something to report. A CEL expression over object, oldObject (null where there is none), change (added, modified, removed or none) and unit. A rule that names neither oldObject nor change is about what stands: it reports what is new.","$ref":"#/$defs/text"},"message":{"description":"One line: what is wrong, with both values.","$ref":"#/$defs/text"},"messageExpression":{"description":"A CEL expression that makes the message, in the place of message.","$ref":"#/$defs/text"},"why":{"description":"Why it matters, in one or two sentences.","$ref":"#/$defs/text"},"fix":{"description":"What to do, in one or two sentences.","$ref":"#/$defs/text"},"field":{"description":"The field that a report points to, such as spec.replicas.","$ref":"#/$defs/text","default":"metadata.name"}}};
const schema52 = {"type":"string","pattern":"\\S"};

function validate36(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate36.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.when === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "when"},message:"must have required property '"+"when"+"'",schema:schema51.required,parentSchema:schema51,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.why === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "why"},message:"must have required property '"+"why"+"'",schema:schema51.required,parentSchema:schema51,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.fix === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "fix"},message:"must have required property '"+"fix"+"'",schema:schema51.required,parentSchema:schema51,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!(func1.call(schema51.properties, key0))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema51,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.severity !== undefined){
let data0 = data.severity;
if(!(((data0 === "info") || (data0 === "warning")) || (data0 === "error"))){
const err4 = {instancePath:instancePath+"/severity",schemaPath:"#/properties/severity/enum",keyword:"enum",params:{allowedValues: schema51.properties.severity.enum},message:"must be equal to one of the allowed values",schema:schema51.properties.severity.enum,parentSchema:schema51.properties.severity,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
if(data.ignore !== undefined){
let data1 = data.ignore;
if(Array.isArray(data1)){
const len0 = data1.length;
for(let i0=0; i0<len0; i0++){
let data2 = data1[i0];
if(typeof data2 === "string"){
if(!pattern4.test(data2)){
const err5 = {instancePath:instancePath+"/ignore/" + i0,schemaPath:"#/$defs/text/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema52,data:data2};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
else {
const err6 = {instancePath:instancePath+"/ignore/" + i0,schemaPath:"#/$defs/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.type,parentSchema:schema52,data:data2};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
}
else {
const err7 = {instancePath:instancePath+"/ignore",schemaPath:"#/properties/ignore/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema51.properties.ignore.type,parentSchema:schema51.properties.ignore,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.kinds !== undefined){
let data3 = data.kinds;
if(Array.isArray(data3)){
if(data3.length < 1){
const err8 = {instancePath:instancePath+"/kinds",schemaPath:"#/properties/kinds/minItems",keyword:"minItems",params:{limit: 1},message:"must NOT have fewer than 1 items",schema:1,parentSchema:schema51.properties.kinds,data:data3};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
const len1 = data3.length;
for(let i1=0; i1<len1; i1++){
let data4 = data3[i1];
if(typeof data4 === "string"){
if(!pattern4.test(data4)){
const err9 = {instancePath:instancePath+"/kinds/" + i1,schemaPath:"#/$defs/text/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema52,data:data4};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
else {
const err10 = {instancePath:instancePath+"/kinds/" + i1,schemaPath:"#/$defs/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.type,parentSchema:schema52,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
}
else {
const err11 = {instancePath:instancePath+"/kinds",schemaPath:"#/properties/kinds/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema51.properties.kinds.type,parentSchema:schema51.properties.kinds,data:data3};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data.when !== undefined){
let data5 = data.when;
if(typeof data5 === "string"){
if(!pattern4.test(data5)){
const err12 = {instancePath:instancePath+"/when",schemaPath:"#/$defs/text/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema52,data:data5};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
else {
const err13 = {instancePath:instancePath+"/when",schemaPath:"#/$defs/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.type,parentSchema:schema52,data:data5};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.message !== undefined){
let data6 = data.message;
if(typeof data6 === "string"){
if(!pattern4.test(data6)){
const err14 = {instancePath:instancePath+"/message",schemaPath:"#/$defs/text/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema52,data:data6};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
else {
const err15 = {instancePath:instancePath+"/message",schemaPath:"#/$defs/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.type,parentSchema:schema52,data:data6};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data.messageExpression !== undefined){
let data7 = data.messageExpression;
if(typeof data7 === "string"){
if(!pattern4.test(data7)){
const err16 = {instancePath:instancePath+"/messageExpression",schemaPath:"#/$defs/text/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema52,data:data7};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
else {
const err17 = {instancePath:instancePath+"/messageExpression",schemaPath:"#/$defs/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.type,parentSchema:schema52,data:data7};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data.why !== undefined){
let data8 = data.why;
if(typeof data8 === "string"){
if(!pattern4.test(data8)){
const err18 = {instancePath:instancePath+"/why",schemaPath:"#/$defs/text/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema52,data:data8};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
else {
const err19 = {instancePath:instancePath+"/why",schemaPath:"#/$defs/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.type,parentSchema:schema52,data:data8};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
if(data.fix !== undefined){
let data9 = data.fix;
if(typeof data9 === "string"){
if(!pattern4.test(data9)){
const err20 = {instancePath:instancePath+"/fix",schemaPath:"#/$defs/text/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema52,data:data9};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
else {
const err21 = {instancePath:instancePath+"/fix",schemaPath:"#/$defs/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.type,parentSchema:schema52,data:data9};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.field !== undefined){
let data10 = data.field;
if(typeof data10 === "string"){
if(!pattern4.test(data10)){
const err22 = {instancePath:instancePath+"/field",schemaPath:"#/$defs/text/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema52,data:data10};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
else {
const err23 = {instancePath:instancePath+"/field",schemaPath:"#/$defs/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.type,parentSchema:schema52,data:data10};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
}
else {
const err24 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema51.type,parentSchema:schema51,data};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
validate36.errors = vErrors;
return errors === 0;
}
validate36.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate38(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate38.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(Array.isArray(data)){
const len0 = data.length;
for(let i0=0; i0<len0; i0++){
let data0 = data[i0];
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
const err0 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/word/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema33,data:data0};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
else {
const err1 = {instancePath:instancePath+"/" + i0,schemaPath:"#/$defs/word/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
}
else {
const err2 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema32.type,parentSchema:schema32,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
validate38.errors = vErrors;
return errors === 0;
}
validate38.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};

const pattern6 = new RegExp("^\\d+[mhd]$", "u");
const pattern8 = new RegExp("^\\d{4}-\\d\\d-\\d\\d(T00:00:00Z|[ T]([01]\\d|2[0-3]):[0-5]\\d)?$", "u");
const pattern11 = new RegExp("^([01]\\d|2[0-3]):[0-5]\\d$", "u");
const pattern14 = new RegExp("^https?://", "u");

function validate20(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate20.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!(func1.call(schema31.properties, key0))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.environments !== undefined){
let data0 = data.environments;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!(((key1 === "production") || (key1 === "staging")) || (key1 === "development"))){
const err1 = {instancePath:instancePath+"/environments",schemaPath:"#/properties/environments/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.environments,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data0.production !== undefined){
if(!(validate21(data0.production, {instancePath:instancePath+"/environments/production",parentData:data0,parentDataProperty:"production",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
if(data0.staging !== undefined){
if(!(validate21(data0.staging, {instancePath:instancePath+"/environments/staging",parentData:data0,parentDataProperty:"staging",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
if(data0.development !== undefined){
if(!(validate21(data0.development, {instancePath:instancePath+"/environments/development",parentData:data0,parentDataProperty:"development",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath:instancePath+"/environments",schemaPath:"#/properties/environments/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.environments.type,parentSchema:schema31.properties.environments,data:data0};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
if(data.images !== undefined){
let data4 = data.images;
if(data4 && typeof data4 == "object" && !Array.isArray(data4)){
for(const key2 in data4){
if(!(key2 === "families")){
const err3 = {instancePath:instancePath+"/images",schemaPath:"#/properties/images/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key2},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.images,data:data4};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data4.families !== undefined){
let data5 = data4.families;
if(Array.isArray(data5)){
const len0 = data5.length;
for(let i0=0; i0<len0; i0++){
if(!(validate21(data5[i0], {instancePath:instancePath+"/images/families/" + i0,parentData:data5,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
}
else {
const err4 = {instancePath:instancePath+"/images/families",schemaPath:"#/properties/images/properties/families/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.images.properties.families.type,parentSchema:schema31.properties.images.properties.families,data:data5};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
}
else {
const err5 = {instancePath:instancePath+"/images",schemaPath:"#/properties/images/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.images.type,parentSchema:schema31.properties.images,data:data4};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.dns !== undefined){
let data7 = data.dns;
if(data7 && typeof data7 == "object" && !Array.isArray(data7)){
for(const key3 in data7){
if(!((key3 === "lists") || (key3 === "zones"))){
const err6 = {instancePath:instancePath+"/dns",schemaPath:"#/properties/dns/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key3},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.dns,data:data7};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
if(data7.lists !== undefined){
if(!(validate21(data7.lists, {instancePath:instancePath+"/dns/lists",parentData:data7,parentDataProperty:"lists",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
if(data7.zones !== undefined){
if(!(validate21(data7.zones, {instancePath:instancePath+"/dns/zones",parentData:data7,parentDataProperty:"zones",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
}
else {
const err7 = {instancePath:instancePath+"/dns",schemaPath:"#/properties/dns/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.dns.type,parentSchema:schema31.properties.dns,data:data7};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.versions !== undefined){
let data10 = data.versions;
if(typeof data10 === "string"){
if(!pattern4.test(data10)){
const err8 = {instancePath:instancePath+"/versions",schemaPath:"#/$defs/word/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema33,data:data10};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
else {
const err9 = {instancePath:instancePath+"/versions",schemaPath:"#/$defs/word/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data10};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.gate !== undefined){
let data11 = data.gate;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key4 in data11){
if(!(((key4 === "branches") || (key4 === "acknowledge")) || (key4 === "prePush"))){
const err10 = {instancePath:instancePath+"/gate",schemaPath:"#/properties/gate/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key4},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.gate,data:data11};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data11.branches !== undefined){
if(!(validate21(data11.branches, {instancePath:instancePath+"/gate/branches",parentData:data11,parentDataProperty:"branches",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
if(data11.acknowledge !== undefined){
if(!(validate21(data11.acknowledge, {instancePath:instancePath+"/gate/acknowledge",parentData:data11,parentDataProperty:"acknowledge",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
if(data11.prePush !== undefined){
let data14 = data11.prePush;
if(Array.isArray(data14)){
const len1 = data14.length;
for(let i1=0; i1<len1; i1++){
let data15 = data14[i1];
if(!(((((data15 === "error") || (data15 === "warning")) || (data15 === "low")) || (data15 === "medium")) || (data15 === "high"))){
const err11 = {instancePath:instancePath+"/gate/prePush/" + i1,schemaPath:"#/properties/gate/properties/prePush/items/enum",keyword:"enum",params:{allowedValues: schema31.properties.gate.properties.prePush.items.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.gate.properties.prePush.items.enum,parentSchema:schema31.properties.gate.properties.prePush.items,data:data15};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
}
else {
const err12 = {instancePath:instancePath+"/gate/prePush",schemaPath:"#/properties/gate/properties/prePush/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.gate.properties.prePush.type,parentSchema:schema31.properties.gate.properties.prePush,data:data14};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
}
else {
const err13 = {instancePath:instancePath+"/gate",schemaPath:"#/properties/gate/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.gate.type,parentSchema:schema31.properties.gate,data:data11};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data.staging !== undefined){
let data16 = data.staging;
if(data16 && typeof data16 == "object" && !Array.isArray(data16)){
for(const key5 in data16){
if(!((key5 === "soak") || (key5 === "required"))){
const err14 = {instancePath:instancePath+"/staging",schemaPath:"#/properties/staging/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.staging,data:data16};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data16.soak !== undefined){
let data17 = data16.soak;
if(typeof data17 === "string"){
if(!pattern6.test(data17)){
const err15 = {instancePath:instancePath+"/staging/soak",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^\\d+[mhd]$"},message:"must match pattern \""+"^\\d+[mhd]$"+"\"",schema:"^\\d+[mhd]$",parentSchema:schema35,data:data17};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
else {
const err16 = {instancePath:instancePath+"/staging/soak",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.type,parentSchema:schema35,data:data17};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data16.required !== undefined){
let data18 = data16.required;
if(!((((data18 === "off") || (data18 === "low")) || (data18 === "medium")) || (data18 === "high"))){
const err17 = {instancePath:instancePath+"/staging/required",schemaPath:"#/properties/staging/properties/required/enum",keyword:"enum",params:{allowedValues: schema31.properties.staging.properties.required.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.staging.properties.required.enum,parentSchema:schema31.properties.staging.properties.required,data:data18};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
}
else {
const err18 = {instancePath:instancePath+"/staging",schemaPath:"#/properties/staging/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.staging.type,parentSchema:schema31.properties.staging,data:data16};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data.calendar !== undefined){
let data19 = data.calendar;
if(data19 && typeof data19 == "object" && !Array.isArray(data19)){
if(data19.timeZone === undefined){
const err19 = {instancePath:instancePath+"/calendar",schemaPath:"#/properties/calendar/required",keyword:"required",params:{missingProperty: "timeZone"},message:"must have required property '"+"timeZone"+"'",schema:schema31.properties.calendar.required,parentSchema:schema31.properties.calendar,data:data19};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
for(const key6 in data19){
if(!(((key6 === "timeZone") || (key6 === "freeze")) || (key6 === "windows"))){
const err20 = {instancePath:instancePath+"/calendar",schemaPath:"#/properties/calendar/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.calendar,data:data19};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
if(data19.timeZone !== undefined){
let data20 = data19.timeZone;
if(typeof data20 === "string"){
if(!pattern4.test(data20)){
const err21 = {instancePath:instancePath+"/calendar/timeZone",schemaPath:"#/$defs/word/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema33,data:data20};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
else {
const err22 = {instancePath:instancePath+"/calendar/timeZone",schemaPath:"#/$defs/word/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data20};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data19.freeze !== undefined){
let data21 = data19.freeze;
if(Array.isArray(data21)){
const len2 = data21.length;
for(let i2=0; i2<len2; i2++){
let data22 = data21[i2];
if(data22 && typeof data22 == "object" && !Array.isArray(data22)){
if(data22.from === undefined){
const err23 = {instancePath:instancePath+"/calendar/freeze/" + i2,schemaPath:"#/properties/calendar/properties/freeze/items/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'",schema:schema31.properties.calendar.properties.freeze.items.required,parentSchema:schema31.properties.calendar.properties.freeze.items,data:data22};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
if(data22.to === undefined){
const err24 = {instancePath:instancePath+"/calendar/freeze/" + i2,schemaPath:"#/properties/calendar/properties/freeze/items/required",keyword:"required",params:{missingProperty: "to"},message:"must have required property '"+"to"+"'",schema:schema31.properties.calendar.properties.freeze.items.required,parentSchema:schema31.properties.calendar.properties.freeze.items,data:data22};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
for(const key7 in data22){
if(!((((key7 === "from") || (key7 === "to")) || (key7 === "level")) || (key7 === "reason"))){
const err25 = {instancePath:instancePath+"/calendar/freeze/" + i2,schemaPath:"#/properties/calendar/properties/freeze/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.calendar.properties.freeze.items,data:data22};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
if(data22.from !== undefined){
let data23 = data22.from;
if(typeof data23 === "string"){
if(!pattern8.test(data23)){
const err26 = {instancePath:instancePath+"/calendar/freeze/" + i2+"/from",schemaPath:"#/$defs/moment/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d\\d-\\d\\d(T00:00:00Z|[ T]([01]\\d|2[0-3]):[0-5]\\d)?$"},message:"must match pattern \""+"^\\d{4}-\\d\\d-\\d\\d(T00:00:00Z|[ T]([01]\\d|2[0-3]):[0-5]\\d)?$"+"\"",schema:"^\\d{4}-\\d\\d-\\d\\d(T00:00:00Z|[ T]([01]\\d|2[0-3]):[0-5]\\d)?$",parentSchema:schema37,data:data23};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
else {
const err27 = {instancePath:instancePath+"/calendar/freeze/" + i2+"/from",schemaPath:"#/$defs/moment/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema37.type,parentSchema:schema37,data:data23};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data22.to !== undefined){
let data24 = data22.to;
if(typeof data24 === "string"){
if(!pattern8.test(data24)){
const err28 = {instancePath:instancePath+"/calendar/freeze/" + i2+"/to",schemaPath:"#/$defs/moment/pattern",keyword:"pattern",params:{pattern: "^\\d{4}-\\d\\d-\\d\\d(T00:00:00Z|[ T]([01]\\d|2[0-3]):[0-5]\\d)?$"},message:"must match pattern \""+"^\\d{4}-\\d\\d-\\d\\d(T00:00:00Z|[ T]([01]\\d|2[0-3]):[0-5]\\d)?$"+"\"",schema:"^\\d{4}-\\d\\d-\\d\\d(T00:00:00Z|[ T]([01]\\d|2[0-3]):[0-5]\\d)?$",parentSchema:schema37,data:data24};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
else {
const err29 = {instancePath:instancePath+"/calendar/freeze/" + i2+"/to",schemaPath:"#/$defs/moment/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema37.type,parentSchema:schema37,data:data24};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data22.level !== undefined){
let data25 = data22.level;
if(!(((data25 === "low") || (data25 === "medium")) || (data25 === "high"))){
const err30 = {instancePath:instancePath+"/calendar/freeze/" + i2+"/level",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema39.enum},message:"must be equal to one of the allowed values",schema:schema39.enum,parentSchema:schema39,data:data25};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
if(data22.reason !== undefined){
let data26 = data22.reason;
if(typeof data26 === "string"){
if(!pattern4.test(data26)){
const err31 = {instancePath:instancePath+"/calendar/freeze/" + i2+"/reason",schemaPath:"#/$defs/word/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema33,data:data26};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
else {
const err32 = {instancePath:instancePath+"/calendar/freeze/" + i2+"/reason",schemaPath:"#/$defs/word/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data26};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
}
}
else {
const err33 = {instancePath:instancePath+"/calendar/freeze/" + i2,schemaPath:"#/properties/calendar/properties/freeze/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.calendar.properties.freeze.items.type,parentSchema:schema31.properties.calendar.properties.freeze.items,data:data22};
if(vErrors === null){
vErrors = [err33];
}
else {
vErrors.push(err33);
}
errors++;
}
}
}
else {
const err34 = {instancePath:instancePath+"/calendar/freeze",schemaPath:"#/properties/calendar/properties/freeze/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.calendar.properties.freeze.type,parentSchema:schema31.properties.calendar.properties.freeze,data:data21};
if(vErrors === null){
vErrors = [err34];
}
else {
vErrors.push(err34);
}
errors++;
}
}
if(data19.windows !== undefined){
let data27 = data19.windows;
if(Array.isArray(data27)){
const len3 = data27.length;
for(let i3=0; i3<len3; i3++){
let data28 = data27[i3];
if(data28 && typeof data28 == "object" && !Array.isArray(data28)){
if(data28.days === undefined){
const err35 = {instancePath:instancePath+"/calendar/windows/" + i3,schemaPath:"#/properties/calendar/properties/windows/items/required",keyword:"required",params:{missingProperty: "days"},message:"must have required property '"+"days"+"'",schema:schema31.properties.calendar.properties.windows.items.required,parentSchema:schema31.properties.calendar.properties.windows.items,data:data28};
if(vErrors === null){
vErrors = [err35];
}
else {
vErrors.push(err35);
}
errors++;
}
if(data28.from === undefined){
const err36 = {instancePath:instancePath+"/calendar/windows/" + i3,schemaPath:"#/properties/calendar/properties/windows/items/required",keyword:"required",params:{missingProperty: "from"},message:"must have required property '"+"from"+"'",schema:schema31.properties.calendar.properties.windows.items.required,parentSchema:schema31.properties.calendar.properties.windows.items,data:data28};
if(vErrors === null){
vErrors = [err36];
}
else {
vErrors.push(err36);
}
errors++;
}
if(data28.to === undefined){
const err37 = {instancePath:instancePath+"/calendar/windows/" + i3,schemaPath:"#/properties/calendar/properties/windows/items/required",keyword:"required",params:{missingProperty: "to"},message:"must have required property '"+"to"+"'",schema:schema31.properties.calendar.properties.windows.items.required,parentSchema:schema31.properties.calendar.properties.windows.items,data:data28};
if(vErrors === null){
vErrors = [err37];
}
else {
vErrors.push(err37);
}
errors++;
}
for(const key8 in data28){
if(!((((key8 === "days") || (key8 === "from")) || (key8 === "to")) || (key8 === "level"))){
const err38 = {instancePath:instancePath+"/calendar/windows/" + i3,schemaPath:"#/properties/calendar/properties/windows/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key8},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.calendar.properties.windows.items,data:data28};
if(vErrors === null){
vErrors = [err38];
}
else {
vErrors.push(err38);
}
errors++;
}
}
if(data28.days !== undefined){
let data29 = data28.days;
if(Array.isArray(data29)){
const len4 = data29.length;
for(let i4=0; i4<len4; i4++){
let data30 = data29[i4];
if(!(((((((data30 === "mon") || (data30 === "tue")) || (data30 === "wed")) || (data30 === "thu")) || (data30 === "fri")) || (data30 === "sat")) || (data30 === "sun"))){
const err39 = {instancePath:instancePath+"/calendar/windows/" + i3+"/days/" + i4,schemaPath:"#/properties/calendar/properties/windows/items/properties/days/items/enum",keyword:"enum",params:{allowedValues: schema31.properties.calendar.properties.windows.items.properties.days.items.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.calendar.properties.windows.items.properties.days.items.enum,parentSchema:schema31.properties.calendar.properties.windows.items.properties.days.items,data:data30};
if(vErrors === null){
vErrors = [err39];
}
else {
vErrors.push(err39);
}
errors++;
}
}
}
else {
const err40 = {instancePath:instancePath+"/calendar/windows/" + i3+"/days",schemaPath:"#/properties/calendar/properties/windows/items/properties/days/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.calendar.properties.windows.items.properties.days.type,parentSchema:schema31.properties.calendar.properties.windows.items.properties.days,data:data29};
if(vErrors === null){
vErrors = [err40];
}
else {
vErrors.push(err40);
}
errors++;
}
}
if(data28.from !== undefined){
let data31 = data28.from;
if(typeof data31 === "string"){
if(!pattern11.test(data31)){
const err41 = {instancePath:instancePath+"/calendar/windows/" + i3+"/from",schemaPath:"#/$defs/time/pattern",keyword:"pattern",params:{pattern: "^([01]\\d|2[0-3]):[0-5]\\d$"},message:"must match pattern \""+"^([01]\\d|2[0-3]):[0-5]\\d$"+"\"",schema:"^([01]\\d|2[0-3]):[0-5]\\d$",parentSchema:schema41,data:data31};
if(vErrors === null){
vErrors = [err41];
}
else {
vErrors.push(err41);
}
errors++;
}
}
else {
const err42 = {instancePath:instancePath+"/calendar/windows/" + i3+"/from",schemaPath:"#/$defs/time/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.type,parentSchema:schema41,data:data31};
if(vErrors === null){
vErrors = [err42];
}
else {
vErrors.push(err42);
}
errors++;
}
}
if(data28.to !== undefined){
let data32 = data28.to;
if(typeof data32 === "string"){
if(!pattern11.test(data32)){
const err43 = {instancePath:instancePath+"/calendar/windows/" + i3+"/to",schemaPath:"#/$defs/time/pattern",keyword:"pattern",params:{pattern: "^([01]\\d|2[0-3]):[0-5]\\d$"},message:"must match pattern \""+"^([01]\\d|2[0-3]):[0-5]\\d$"+"\"",schema:"^([01]\\d|2[0-3]):[0-5]\\d$",parentSchema:schema41,data:data32};
if(vErrors === null){
vErrors = [err43];
}
else {
vErrors.push(err43);
}
errors++;
}
}
else {
const err44 = {instancePath:instancePath+"/calendar/windows/" + i3+"/to",schemaPath:"#/$defs/time/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema41.type,parentSchema:schema41,data:data32};
if(vErrors === null){
vErrors = [err44];
}
else {
vErrors.push(err44);
}
errors++;
}
}
if(data28.level !== undefined){
let data33 = data28.level;
if(!(((data33 === "low") || (data33 === "medium")) || (data33 === "high"))){
const err45 = {instancePath:instancePath+"/calendar/windows/" + i3+"/level",schemaPath:"#/$defs/level/enum",keyword:"enum",params:{allowedValues: schema39.enum},message:"must be equal to one of the allowed values",schema:schema39.enum,parentSchema:schema39,data:data33};
if(vErrors === null){
vErrors = [err45];
}
else {
vErrors.push(err45);
}
errors++;
}
}
}
else {
const err46 = {instancePath:instancePath+"/calendar/windows/" + i3,schemaPath:"#/properties/calendar/properties/windows/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.calendar.properties.windows.items.type,parentSchema:schema31.properties.calendar.properties.windows.items,data:data28};
if(vErrors === null){
vErrors = [err46];
}
else {
vErrors.push(err46);
}
errors++;
}
}
}
else {
const err47 = {instancePath:instancePath+"/calendar/windows",schemaPath:"#/properties/calendar/properties/windows/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.calendar.properties.windows.type,parentSchema:schema31.properties.calendar.properties.windows,data:data27};
if(vErrors === null){
vErrors = [err47];
}
else {
vErrors.push(err47);
}
errors++;
}
}
}
else {
const err48 = {instancePath:instancePath+"/calendar",schemaPath:"#/properties/calendar/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.calendar.type,parentSchema:schema31.properties.calendar,data:data19};
if(vErrors === null){
vErrors = [err48];
}
else {
vErrors.push(err48);
}
errors++;
}
}
if(data.allowances !== undefined){
let data34 = data.allowances;
if(data34 && typeof data34 == "object" && !Array.isArray(data34)){
for(const key9 in data34){
if(!(key9 === "most")){
const err49 = {instancePath:instancePath+"/allowances",schemaPath:"#/properties/allowances/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key9},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.allowances,data:data34};
if(vErrors === null){
vErrors = [err49];
}
else {
vErrors.push(err49);
}
errors++;
}
}
if(data34.most !== undefined){
let data35 = data34.most;
if(!(((typeof data35 == "number") && (!(data35 % 1) && !isNaN(data35))) && (isFinite(data35)))){
const err50 = {instancePath:instancePath+"/allowances/most",schemaPath:"#/properties/allowances/properties/most/type",keyword:"type",params:{type: "integer"},message:"must be integer",schema:schema31.properties.allowances.properties.most.type,parentSchema:schema31.properties.allowances.properties.most,data:data35};
if(vErrors === null){
vErrors = [err50];
}
else {
vErrors.push(err50);
}
errors++;
}
if((typeof data35 == "number") && (isFinite(data35))){
if(data35 < 0 || isNaN(data35)){
const err51 = {instancePath:instancePath+"/allowances/most",schemaPath:"#/properties/allowances/properties/most/minimum",keyword:"minimum",params:{comparison: ">=", limit: 0},message:"must be >= 0",schema:0,parentSchema:schema31.properties.allowances.properties.most,data:data35};
if(vErrors === null){
vErrors = [err51];
}
else {
vErrors.push(err51);
}
errors++;
}
}
}
}
else {
const err52 = {instancePath:instancePath+"/allowances",schemaPath:"#/properties/allowances/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.allowances.type,parentSchema:schema31.properties.allowances,data:data34};
if(vErrors === null){
vErrors = [err52];
}
else {
vErrors.push(err52);
}
errors++;
}
}
if(data.observe !== undefined){
let data36 = data.observe;
if(data36 && typeof data36 == "object" && !Array.isArray(data36)){
for(const key10 in data36){
if(!(((((key10 === "dashboards") || (key10 === "prometheus")) || (key10 === "clusters")) || (key10 === "queries")) || (key10 === "bounds"))){
const err53 = {instancePath:instancePath+"/observe",schemaPath:"#/properties/observe/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key10},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.observe,data:data36};
if(vErrors === null){
vErrors = [err53];
}
else {
vErrors.push(err53);
}
errors++;
}
}
if(data36.dashboards !== undefined){
let data37 = data36.dashboards;
if(Array.isArray(data37)){
const len5 = data37.length;
for(let i5=0; i5<len5; i5++){
let data38 = data37[i5];
if(data38 && typeof data38 == "object" && !Array.isArray(data38)){
if(data38.title === undefined){
const err54 = {instancePath:instancePath+"/observe/dashboards/" + i5,schemaPath:"#/properties/observe/properties/dashboards/items/required",keyword:"required",params:{missingProperty: "title"},message:"must have required property '"+"title"+"'",schema:schema31.properties.observe.properties.dashboards.items.required,parentSchema:schema31.properties.observe.properties.dashboards.items,data:data38};
if(vErrors === null){
vErrors = [err54];
}
else {
vErrors.push(err54);
}
errors++;
}
if(data38.address === undefined){
const err55 = {instancePath:instancePath+"/observe/dashboards/" + i5,schemaPath:"#/properties/observe/properties/dashboards/items/required",keyword:"required",params:{missingProperty: "address"},message:"must have required property '"+"address"+"'",schema:schema31.properties.observe.properties.dashboards.items.required,parentSchema:schema31.properties.observe.properties.dashboards.items,data:data38};
if(vErrors === null){
vErrors = [err55];
}
else {
vErrors.push(err55);
}
errors++;
}
for(const key11 in data38){
if(!((key11 === "title") || (key11 === "address"))){
const err56 = {instancePath:instancePath+"/observe/dashboards/" + i5,schemaPath:"#/properties/observe/properties/dashboards/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key11},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.observe.properties.dashboards.items,data:data38};
if(vErrors === null){
vErrors = [err56];
}
else {
vErrors.push(err56);
}
errors++;
}
}
if(data38.title !== undefined){
let data39 = data38.title;
if(typeof data39 === "string"){
if(!pattern4.test(data39)){
const err57 = {instancePath:instancePath+"/observe/dashboards/" + i5+"/title",schemaPath:"#/$defs/word/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema33,data:data39};
if(vErrors === null){
vErrors = [err57];
}
else {
vErrors.push(err57);
}
errors++;
}
}
else {
const err58 = {instancePath:instancePath+"/observe/dashboards/" + i5+"/title",schemaPath:"#/$defs/word/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data39};
if(vErrors === null){
vErrors = [err58];
}
else {
vErrors.push(err58);
}
errors++;
}
}
if(data38.address !== undefined){
let data40 = data38.address;
if(typeof data40 === "string"){
if(!pattern14.test(data40)){
const err59 = {instancePath:instancePath+"/observe/dashboards/" + i5+"/address",schemaPath:"#/$defs/address/pattern",keyword:"pattern",params:{pattern: "^https?://"},message:"must match pattern \""+"^https?://"+"\"",schema:"^https?://",parentSchema:schema45,data:data40};
if(vErrors === null){
vErrors = [err59];
}
else {
vErrors.push(err59);
}
errors++;
}
}
else {
const err60 = {instancePath:instancePath+"/observe/dashboards/" + i5+"/address",schemaPath:"#/$defs/address/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema45.type,parentSchema:schema45,data:data40};
if(vErrors === null){
vErrors = [err60];
}
else {
vErrors.push(err60);
}
errors++;
}
}
}
else {
const err61 = {instancePath:instancePath+"/observe/dashboards/" + i5,schemaPath:"#/properties/observe/properties/dashboards/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.observe.properties.dashboards.items.type,parentSchema:schema31.properties.observe.properties.dashboards.items,data:data38};
if(vErrors === null){
vErrors = [err61];
}
else {
vErrors.push(err61);
}
errors++;
}
}
}
else {
const err62 = {instancePath:instancePath+"/observe/dashboards",schemaPath:"#/properties/observe/properties/dashboards/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.observe.properties.dashboards.type,parentSchema:schema31.properties.observe.properties.dashboards,data:data37};
if(vErrors === null){
vErrors = [err62];
}
else {
vErrors.push(err62);
}
errors++;
}
}
if(data36.prometheus !== undefined){
let data41 = data36.prometheus;
if(typeof data41 === "string"){
if(!pattern14.test(data41)){
const err63 = {instancePath:instancePath+"/observe/prometheus",schemaPath:"#/$defs/address/pattern",keyword:"pattern",params:{pattern: "^https?://"},message:"must match pattern \""+"^https?://"+"\"",schema:"^https?://",parentSchema:schema45,data:data41};
if(vErrors === null){
vErrors = [err63];
}
else {
vErrors.push(err63);
}
errors++;
}
}
else {
const err64 = {instancePath:instancePath+"/observe/prometheus",schemaPath:"#/$defs/address/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema45.type,parentSchema:schema45,data:data41};
if(vErrors === null){
vErrors = [err64];
}
else {
vErrors.push(err64);
}
errors++;
}
}
if(data36.clusters !== undefined){
if(!(validate21(data36.clusters, {instancePath:instancePath+"/observe/clusters",parentData:data36,parentDataProperty:"clusters",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
if(data36.queries !== undefined){
let data43 = data36.queries;
if(Array.isArray(data43)){
const len6 = data43.length;
for(let i6=0; i6<len6; i6++){
let data44 = data43[i6];
if(data44 && typeof data44 == "object" && !Array.isArray(data44)){
if(data44.title === undefined){
const err65 = {instancePath:instancePath+"/observe/queries/" + i6,schemaPath:"#/properties/observe/properties/queries/items/required",keyword:"required",params:{missingProperty: "title"},message:"must have required property '"+"title"+"'",schema:schema31.properties.observe.properties.queries.items.required,parentSchema:schema31.properties.observe.properties.queries.items,data:data44};
if(vErrors === null){
vErrors = [err65];
}
else {
vErrors.push(err65);
}
errors++;
}
if(data44.query === undefined){
const err66 = {instancePath:instancePath+"/observe/queries/" + i6,schemaPath:"#/properties/observe/properties/queries/items/required",keyword:"required",params:{missingProperty: "query"},message:"must have required property '"+"query"+"'",schema:schema31.properties.observe.properties.queries.items.required,parentSchema:schema31.properties.observe.properties.queries.items,data:data44};
if(vErrors === null){
vErrors = [err66];
}
else {
vErrors.push(err66);
}
errors++;
}
for(const key12 in data44){
if(!(((key12 === "title") || (key12 === "query")) || (key12 === "max"))){
const err67 = {instancePath:instancePath+"/observe/queries/" + i6,schemaPath:"#/properties/observe/properties/queries/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key12},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.observe.properties.queries.items,data:data44};
if(vErrors === null){
vErrors = [err67];
}
else {
vErrors.push(err67);
}
errors++;
}
}
if(data44.title !== undefined){
let data45 = data44.title;
if(typeof data45 === "string"){
if(!pattern4.test(data45)){
const err68 = {instancePath:instancePath+"/observe/queries/" + i6+"/title",schemaPath:"#/$defs/word/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema33,data:data45};
if(vErrors === null){
vErrors = [err68];
}
else {
vErrors.push(err68);
}
errors++;
}
}
else {
const err69 = {instancePath:instancePath+"/observe/queries/" + i6+"/title",schemaPath:"#/$defs/word/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data45};
if(vErrors === null){
vErrors = [err69];
}
else {
vErrors.push(err69);
}
errors++;
}
}
if(data44.query !== undefined){
let data46 = data44.query;
if(typeof data46 === "string"){
if(!pattern4.test(data46)){
const err70 = {instancePath:instancePath+"/observe/queries/" + i6+"/query",schemaPath:"#/$defs/word/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema33,data:data46};
if(vErrors === null){
vErrors = [err70];
}
else {
vErrors.push(err70);
}
errors++;
}
}
else {
const err71 = {instancePath:instancePath+"/observe/queries/" + i6+"/query",schemaPath:"#/$defs/word/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema33.type,parentSchema:schema33,data:data46};
if(vErrors === null){
vErrors = [err71];
}
else {
vErrors.push(err71);
}
errors++;
}
}
if(data44.max !== undefined){
let data47 = data44.max;
if(!((typeof data47 == "number") && (isFinite(data47)))){
const err72 = {instancePath:instancePath+"/observe/queries/" + i6+"/max",schemaPath:"#/properties/observe/properties/queries/items/properties/max/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema31.properties.observe.properties.queries.items.properties.max.type,parentSchema:schema31.properties.observe.properties.queries.items.properties.max,data:data47};
if(vErrors === null){
vErrors = [err72];
}
else {
vErrors.push(err72);
}
errors++;
}
}
}
else {
const err73 = {instancePath:instancePath+"/observe/queries/" + i6,schemaPath:"#/properties/observe/properties/queries/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.observe.properties.queries.items.type,parentSchema:schema31.properties.observe.properties.queries.items,data:data44};
if(vErrors === null){
vErrors = [err73];
}
else {
vErrors.push(err73);
}
errors++;
}
}
}
else {
const err74 = {instancePath:instancePath+"/observe/queries",schemaPath:"#/properties/observe/properties/queries/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.observe.properties.queries.type,parentSchema:schema31.properties.observe.properties.queries,data:data43};
if(vErrors === null){
vErrors = [err74];
}
else {
vErrors.push(err74);
}
errors++;
}
}
if(data36.bounds !== undefined){
let data48 = data36.bounds;
if(data48 && typeof data48 == "object" && !Array.isArray(data48)){
for(const key13 in data48){
if(!(((((key13 === "window") || (key13 === "errors")) || (key13 === "latency")) || (key13 === "ratio")) || (key13 === "requests"))){
const err75 = {instancePath:instancePath+"/observe/bounds",schemaPath:"#/properties/observe/properties/bounds/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key13},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.observe.properties.bounds,data:data48};
if(vErrors === null){
vErrors = [err75];
}
else {
vErrors.push(err75);
}
errors++;
}
}
if(data48.window !== undefined){
let data49 = data48.window;
if(typeof data49 === "string"){
if(!pattern6.test(data49)){
const err76 = {instancePath:instancePath+"/observe/bounds/window",schemaPath:"#/$defs/duration/pattern",keyword:"pattern",params:{pattern: "^\\d+[mhd]$"},message:"must match pattern \""+"^\\d+[mhd]$"+"\"",schema:"^\\d+[mhd]$",parentSchema:schema35,data:data49};
if(vErrors === null){
vErrors = [err76];
}
else {
vErrors.push(err76);
}
errors++;
}
}
else {
const err77 = {instancePath:instancePath+"/observe/bounds/window",schemaPath:"#/$defs/duration/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema35.type,parentSchema:schema35,data:data49};
if(vErrors === null){
vErrors = [err77];
}
else {
vErrors.push(err77);
}
errors++;
}
}
if(data48.errors !== undefined){
let data50 = data48.errors;
if(!((typeof data50 == "number") && (isFinite(data50)))){
const err78 = {instancePath:instancePath+"/observe/bounds/errors",schemaPath:"#/properties/observe/properties/bounds/properties/errors/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema31.properties.observe.properties.bounds.properties.errors.type,parentSchema:schema31.properties.observe.properties.bounds.properties.errors,data:data50};
if(vErrors === null){
vErrors = [err78];
}
else {
vErrors.push(err78);
}
errors++;
}
}
if(data48.latency !== undefined){
let data51 = data48.latency;
if(!((typeof data51 == "number") && (isFinite(data51)))){
const err79 = {instancePath:instancePath+"/observe/bounds/latency",schemaPath:"#/properties/observe/properties/bounds/properties/latency/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema31.properties.observe.properties.bounds.properties.latency.type,parentSchema:schema31.properties.observe.properties.bounds.properties.latency,data:data51};
if(vErrors === null){
vErrors = [err79];
}
else {
vErrors.push(err79);
}
errors++;
}
}
if(data48.ratio !== undefined){
let data52 = data48.ratio;
if(!((typeof data52 == "number") && (isFinite(data52)))){
const err80 = {instancePath:instancePath+"/observe/bounds/ratio",schemaPath:"#/properties/observe/properties/bounds/properties/ratio/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema31.properties.observe.properties.bounds.properties.ratio.type,parentSchema:schema31.properties.observe.properties.bounds.properties.ratio,data:data52};
if(vErrors === null){
vErrors = [err80];
}
else {
vErrors.push(err80);
}
errors++;
}
}
if(data48.requests !== undefined){
let data53 = data48.requests;
if(!((typeof data53 == "number") && (isFinite(data53)))){
const err81 = {instancePath:instancePath+"/observe/bounds/requests",schemaPath:"#/properties/observe/properties/bounds/properties/requests/type",keyword:"type",params:{type: "number"},message:"must be number",schema:schema31.properties.observe.properties.bounds.properties.requests.type,parentSchema:schema31.properties.observe.properties.bounds.properties.requests,data:data53};
if(vErrors === null){
vErrors = [err81];
}
else {
vErrors.push(err81);
}
errors++;
}
}
}
else {
const err82 = {instancePath:instancePath+"/observe/bounds",schemaPath:"#/properties/observe/properties/bounds/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.observe.properties.bounds.type,parentSchema:schema31.properties.observe.properties.bounds,data:data48};
if(vErrors === null){
vErrors = [err82];
}
else {
vErrors.push(err82);
}
errors++;
}
}
}
else {
const err83 = {instancePath:instancePath+"/observe",schemaPath:"#/properties/observe/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.observe.type,parentSchema:schema31.properties.observe,data:data36};
if(vErrors === null){
vErrors = [err83];
}
else {
vErrors.push(err83);
}
errors++;
}
}
if(data.rules !== undefined){
let data54 = data.rules;
if(data54 && typeof data54 == "object" && !Array.isArray(data54)){
for(const key14 in data54){
if(!(key14 === "config-change-not-picked-up")){
let data55 = data54[key14];
const _errs129 = errors;
let valid45 = true;
const _errs130 = errors;
if(!(data55 && typeof data55 == "object" && !Array.isArray(data55))){
const err84 = {};
if(vErrors === null){
vErrors = [err84];
}
else {
vErrors.push(err84);
}
errors++;
}
var _valid0 = _errs130 === errors;
errors = _errs129;
if(vErrors !== null){
if(_errs129){
vErrors.length = _errs129;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs132 = errors;
const _errs133 = errors;
let valid46 = true;
const _errs134 = errors;
if(errors === _errs134){
if(data55 && typeof data55 == "object" && !Array.isArray(data55)){
let missing0;
if((data55.when === undefined) && (missing0 = "when")){
const err85 = {};
if(vErrors === null){
vErrors = [err85];
}
else {
vErrors.push(err85);
}
errors++;
}
}
else {
const err86 = {};
if(vErrors === null){
vErrors = [err86];
}
else {
vErrors.push(err86);
}
errors++;
}
}
var _valid1 = _errs134 === errors;
errors = _errs133;
if(vErrors !== null){
if(_errs133){
vErrors.length = _errs133;
}
else {
vErrors = null;
}
}
let ifClause1;
if(_valid1){
const _errs136 = errors;
if(!(validate36(data55, {instancePath:instancePath+"/rules/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data54,parentDataProperty:key14,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate36.errors : vErrors.concat(validate36.errors);
errors = vErrors.length;
}
var _valid1 = _errs136 === errors;
valid46 = _valid1;
if(valid46){
var props0 = true;
}
ifClause1 = "then";
}
else {
const _errs137 = errors;
if(data55 && typeof data55 == "object" && !Array.isArray(data55)){
for(const key15 in data55){
if(!((key15 === "severity") || (key15 === "ignore"))){
const err87 = {instancePath:instancePath+"/rules/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/then/else/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key15},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.rules.additionalProperties.then.else,data:data55};
if(vErrors === null){
vErrors = [err87];
}
else {
vErrors.push(err87);
}
errors++;
}
}
if(data55.severity !== undefined){
let data56 = data55.severity;
if(!((((data56 === "off") || (data56 === "info")) || (data56 === "warning")) || (data56 === "error"))){
const err88 = {instancePath:instancePath+"/rules/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/severity",schemaPath:"#/$defs/severity/enum",keyword:"enum",params:{allowedValues: schema73.enum},message:"must be equal to one of the allowed values",schema:schema73.enum,parentSchema:schema73,data:data56};
if(vErrors === null){
vErrors = [err88];
}
else {
vErrors.push(err88);
}
errors++;
}
}
if(data55.ignore !== undefined){
if(!(validate38(data55.ignore, {instancePath:instancePath+"/rules/" + key14.replace(/~/g, "~0").replace(/\//g, "~1")+"/ignore",parentData:data55,parentDataProperty:"ignore",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate38.errors : vErrors.concat(validate38.errors);
errors = vErrors.length;
}
}
}
else {
const err89 = {instancePath:instancePath+"/rules/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/then/else/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.rules.additionalProperties.then.else.type,parentSchema:schema31.properties.rules.additionalProperties.then.else,data:data55};
if(vErrors === null){
vErrors = [err89];
}
else {
vErrors.push(err89);
}
errors++;
}
var _valid1 = _errs137 === errors;
valid46 = _valid1;
if(valid46){
if(props0 !== true){
props0 = true;
}
}
ifClause1 = "else";
}
if(!valid46){
const err90 = {instancePath:instancePath+"/rules/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/then/if",keyword:"if",params:{failingKeyword: ifClause1},message:"must match \""+ifClause1+"\" schema",schema:schema31.properties.rules.additionalProperties.then.if,parentSchema:schema31.properties.rules.additionalProperties.then,data:data55};
if(vErrors === null){
vErrors = [err90];
}
else {
vErrors.push(err90);
}
errors++;
}
var _valid0 = _errs132 === errors;
valid45 = _valid0;
ifClause0 = "then";
}
else {
const _errs143 = errors;
if(!((((data55 === "off") || (data55 === "info")) || (data55 === "warning")) || (data55 === "error"))){
const err91 = {instancePath:instancePath+"/rules/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/severity/enum",keyword:"enum",params:{allowedValues: schema73.enum},message:"must be equal to one of the allowed values",schema:schema73.enum,parentSchema:schema73,data:data55};
if(vErrors === null){
vErrors = [err91];
}
else {
vErrors.push(err91);
}
errors++;
}
var _valid0 = _errs143 === errors;
valid45 = _valid0;
ifClause0 = "else";
}
if(!valid45){
const err92 = {instancePath:instancePath+"/rules/" + key14.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema31.properties.rules.additionalProperties.if,parentSchema:schema31.properties.rules.additionalProperties,data:data55};
if(vErrors === null){
vErrors = [err92];
}
else {
vErrors.push(err92);
}
errors++;
}
}
}
if(data54["config-change-not-picked-up"] !== undefined){
let data58 = data54["config-change-not-picked-up"];
const _errs146 = errors;
let valid51 = true;
const _errs147 = errors;
if(!(data58 && typeof data58 == "object" && !Array.isArray(data58))){
const err93 = {};
if(vErrors === null){
vErrors = [err93];
}
else {
vErrors.push(err93);
}
errors++;
}
var _valid2 = _errs147 === errors;
errors = _errs146;
if(vErrors !== null){
if(_errs146){
vErrors.length = _errs146;
}
else {
vErrors = null;
}
}
let ifClause2;
if(_valid2){
const _errs149 = errors;
if(data58 && typeof data58 == "object" && !Array.isArray(data58)){
for(const key16 in data58){
if(!(((key16 === "severity") || (key16 === "ignore")) || (key16 === "auto-reload-all"))){
const err94 = {instancePath:instancePath+"/rules/config-change-not-picked-up",schemaPath:"#/properties/rules/properties/config-change-not-picked-up/then/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key16},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.rules.properties["config-change-not-picked-up"].then,data:data58};
if(vErrors === null){
vErrors = [err94];
}
else {
vErrors.push(err94);
}
errors++;
}
}
if(data58.severity !== undefined){
let data59 = data58.severity;
if(!((((data59 === "off") || (data59 === "info")) || (data59 === "warning")) || (data59 === "error"))){
const err95 = {instancePath:instancePath+"/rules/config-change-not-picked-up/severity",schemaPath:"#/$defs/severity/enum",keyword:"enum",params:{allowedValues: schema73.enum},message:"must be equal to one of the allowed values",schema:schema73.enum,parentSchema:schema73,data:data59};
if(vErrors === null){
vErrors = [err95];
}
else {
vErrors.push(err95);
}
errors++;
}
}
if(data58.ignore !== undefined){
if(!(validate38(data58.ignore, {instancePath:instancePath+"/rules/config-change-not-picked-up/ignore",parentData:data58,parentDataProperty:"ignore",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate38.errors : vErrors.concat(validate38.errors);
errors = vErrors.length;
}
}
if(data58["auto-reload-all"] !== undefined){
let data61 = data58["auto-reload-all"];
if(typeof data61 !== "boolean"){
const err96 = {instancePath:instancePath+"/rules/config-change-not-picked-up/auto-reload-all",schemaPath:"#/properties/rules/properties/config-change-not-picked-up/then/properties/auto-reload-all/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema31.properties.rules.properties["config-change-not-picked-up"].then.properties["auto-reload-all"].type,parentSchema:schema31.properties.rules.properties["config-change-not-picked-up"].then.properties["auto-reload-all"],data:data61};
if(vErrors === null){
vErrors = [err96];
}
else {
vErrors.push(err96);
}
errors++;
}
}
}
else {
const err97 = {instancePath:instancePath+"/rules/config-change-not-picked-up",schemaPath:"#/properties/rules/properties/config-change-not-picked-up/then/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.rules.properties["config-change-not-picked-up"].then.type,parentSchema:schema31.properties.rules.properties["config-change-not-picked-up"].then,data:data58};
if(vErrors === null){
vErrors = [err97];
}
else {
vErrors.push(err97);
}
errors++;
}
var _valid2 = _errs149 === errors;
valid51 = _valid2;
ifClause2 = "then";
}
else {
const _errs157 = errors;
if(!((((data58 === "off") || (data58 === "info")) || (data58 === "warning")) || (data58 === "error"))){
const err98 = {instancePath:instancePath+"/rules/config-change-not-picked-up",schemaPath:"#/$defs/severity/enum",keyword:"enum",params:{allowedValues: schema73.enum},message:"must be equal to one of the allowed values",schema:schema73.enum,parentSchema:schema73,data:data58};
if(vErrors === null){
vErrors = [err98];
}
else {
vErrors.push(err98);
}
errors++;
}
var _valid2 = _errs157 === errors;
valid51 = _valid2;
ifClause2 = "else";
}
if(!valid51){
const err99 = {instancePath:instancePath+"/rules/config-change-not-picked-up",schemaPath:"#/properties/rules/properties/config-change-not-picked-up/if",keyword:"if",params:{failingKeyword: ifClause2},message:"must match \""+ifClause2+"\" schema",schema:schema31.properties.rules.properties["config-change-not-picked-up"].if,parentSchema:schema31.properties.rules.properties["config-change-not-picked-up"],data:data58};
if(vErrors === null){
vErrors = [err99];
}
else {
vErrors.push(err99);
}
errors++;
}
}
}
else {
const err100 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.rules.type,parentSchema:schema31.properties.rules,data:data54};
if(vErrors === null){
vErrors = [err100];
}
else {
vErrors.push(err100);
}
errors++;
}
}
if(data.risks !== undefined){
let data62 = data.risks;
if(Array.isArray(data62)){
const len7 = data62.length;
for(let i7=0; i7<len7; i7++){
let data63 = data62[i7];
if(data63 && typeof data63 == "object" && !Array.isArray(data63)){
for(const key17 in data63){
if(!((((((key17 === "rows") || (key17 === "paths")) || (key17 === "environments")) || (key17 === "level")) || (key17 === "obligations")) || (key17 === "consult"))){
const err101 = {instancePath:instancePath+"/risks/" + i7,schemaPath:"#/properties/risks/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key17},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.risks.items,data:data63};
if(vErrors === null){
vErrors = [err101];
}
else {
vErrors.push(err101);
}
errors++;
}
}
if(data63.rows !== undefined){
if(!(validate21(data63.rows, {instancePath:instancePath+"/risks/" + i7+"/rows",parentData:data63,parentDataProperty:"rows",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
if(data63.paths !== undefined){
if(!(validate21(data63.paths, {instancePath:instancePath+"/risks/" + i7+"/paths",parentData:data63,parentDataProperty:"paths",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
if(data63.environments !== undefined){
let data66 = data63.environments;
if(Array.isArray(data66)){
const len8 = data66.length;
for(let i8=0; i8<len8; i8++){
let data67 = data66[i8];
if(!((((data67 === "production") || (data67 === "staging")) || (data67 === "development")) || (data67 === "unknown"))){
const err102 = {instancePath:instancePath+"/risks/" + i7+"/environments/" + i8,schemaPath:"#/properties/risks/items/properties/environments/items/enum",keyword:"enum",params:{allowedValues: schema31.properties.risks.items.properties.environments.items.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.risks.items.properties.environments.items.enum,parentSchema:schema31.properties.risks.items.properties.environments.items,data:data67};
if(vErrors === null){
vErrors = [err102];
}
else {
vErrors.push(err102);
}
errors++;
}
}
}
else {
const err103 = {instancePath:instancePath+"/risks/" + i7+"/environments",schemaPath:"#/properties/risks/items/properties/environments/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.risks.items.properties.environments.type,parentSchema:schema31.properties.risks.items.properties.environments,data:data66};
if(vErrors === null){
vErrors = [err103];
}
else {
vErrors.push(err103);
}
errors++;
}
}
if(data63.level !== undefined){
let data68 = data63.level;
if(!(((data68 === "low") || (data68 === "medium")) || (data68 === "high"))){
const err104 = {instancePath:instancePath+"/risks/" + i7+"/level",schemaPath:"#/properties/risks/items/properties/level/enum",keyword:"enum",params:{allowedValues: schema31.properties.risks.items.properties.level.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.risks.items.properties.level.enum,parentSchema:schema31.properties.risks.items.properties.level,data:data68};
if(vErrors === null){
vErrors = [err104];
}
else {
vErrors.push(err104);
}
errors++;
}
}
if(data63.obligations !== undefined){
let data69 = data63.obligations;
if(Array.isArray(data69)){
const len9 = data69.length;
for(let i9=0; i9<len9; i9++){
let data70 = data69[i9];
if(!((((((data70 === "staging-first") || (data70 === "dns-record")) || (data70 === "db-migration")) || (data70 === "backup")) || (data70 === "db-manager")) || (data70 === "maintenance-window"))){
const err105 = {instancePath:instancePath+"/risks/" + i7+"/obligations/" + i9,schemaPath:"#/properties/risks/items/properties/obligations/items/enum",keyword:"enum",params:{allowedValues: schema31.properties.risks.items.properties.obligations.items.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.risks.items.properties.obligations.items.enum,parentSchema:schema31.properties.risks.items.properties.obligations.items,data:data70};
if(vErrors === null){
vErrors = [err105];
}
else {
vErrors.push(err105);
}
errors++;
}
}
}
else {
const err106 = {instancePath:instancePath+"/risks/" + i7+"/obligations",schemaPath:"#/properties/risks/items/properties/obligations/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.risks.items.properties.obligations.type,parentSchema:schema31.properties.risks.items.properties.obligations,data:data69};
if(vErrors === null){
vErrors = [err106];
}
else {
vErrors.push(err106);
}
errors++;
}
}
if(data63.consult !== undefined){
if(!(validate21(data63.consult, {instancePath:instancePath+"/risks/" + i7+"/consult",parentData:data63,parentDataProperty:"consult",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
}
else {
const err107 = {instancePath:instancePath+"/risks/" + i7,schemaPath:"#/properties/risks/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.risks.items.type,parentSchema:schema31.properties.risks.items,data:data63};
if(vErrors === null){
vErrors = [err107];
}
else {
vErrors.push(err107);
}
errors++;
}
}
}
else {
const err108 = {instancePath:instancePath+"/risks",schemaPath:"#/properties/risks/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.risks.type,parentSchema:schema31.properties.risks,data:data62};
if(vErrors === null){
vErrors = [err108];
}
else {
vErrors.push(err108);
}
errors++;
}
}
}
else {
const err109 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err109];
}
else {
vErrors.push(err109);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
