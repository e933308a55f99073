// Generated from schemas/config.schema.json by build/config-schema.mjs.
"use strict";
export const validate = validate20;
export default validate20;
const schema31 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"Configuration of deploy-lint","description":"The team's configuration, .deploy-lint.yaml in the root of the repository. Everything has a default.","type":"object","additionalProperties":false,"properties":{"environments":{"description":"Words that name an environment, as a segment of a path or a part of an Application's name.","type":"object","additionalProperties":false,"properties":{"production":{"$ref":"#/$defs/words","default":["prod","production","prd","live"]},"staging":{"$ref":"#/$defs/words","default":["staging","stage","stg","preprod","uat"]},"development":{"$ref":"#/$defs/words","default":["dev","development","test","qa","sandbox"]}}},"images":{"description":"How images belong together.","type":"object","additionalProperties":false,"properties":{"families":{"description":"Groups of images that carry one tag, as globs over the repository's name. Without it, images of one unit whose names have a common stem.","type":"array","items":{"$ref":"#/$defs/words"},"default":[]}}},"dns":{"description":"Where hostnames have their records.","type":"object","additionalProperties":false,"properties":{"lists":{"description":"Files with one hostname a line that have records elsewhere, from the root of the repository.","$ref":"#/$defs/words","default":[]},"zones":{"description":"Zones whose records are all in this repository: a hostname in one of them without a record is a mistake.","$ref":"#/$defs/words","default":[]}}},"versions":{"description":"The file that states the versions of upstream components.","$ref":"#/$defs/word","default":"scripts/apps.yaml"},"rules":{"description":"Rules by id, each with a severity, or with a mapping of its severity and options. deploy-lint rules lists them.","type":"object","properties":{"config-change-not-picked-up":{"if":{"type":"object"},"then":{"type":"object","additionalProperties":false,"properties":{"severity":{"$ref":"#/$defs/severity"},"ignore":{"$ref":"#/$defs/ignore"},"auto-reload-all":{"description":"Reloader is started with --auto-reload-all: it restarts every workload that does not opt out.","type":"boolean","default":false}}},"else":{"$ref":"#/$defs/severity"}}},"additionalProperties":{"if":{"type":"object"},"then":{"type":"object","additionalProperties":false,"properties":{"severity":{"$ref":"#/$defs/severity"},"ignore":{"$ref":"#/$defs/ignore"}}},"else":{"$ref":"#/$defs/severity"}},"default":{}},"risks":{"description":"Where rows of the risk table read otherwise, by path and environment. The first entry that fits a change counts.","type":"array","items":{"type":"object","additionalProperties":false,"properties":{"rows":{"description":"Ids of rows in rules/risk-table.yaml. Without it, every row.","$ref":"#/$defs/words"},"paths":{"description":"Globs over the file that changed and the folders of its unit; * stands for any text, slashes included, and a folder for all below it.","$ref":"#/$defs/words"},"environments":{"type":"array","items":{"enum":["production","staging","development","unknown"]}},"level":{"enum":["low","medium","high"]},"obligations":{"description":"What has to be done before the push, instead of what the row asks for.","type":"array","items":{"enum":["staging-first","dns-record","db-migration","backup","db-manager","maintenance-window"]}},"consult":{"description":"Whom to ask, instead of those that the row names.","$ref":"#/$defs/words"}}},"default":[]}},"$defs":{"word":{"type":"string","pattern":"\\S"},"severity":{"description":"off, or how bad it is.","enum":["off","info","warning","error"]},"ignore":{"description":"What the rule finds in these paths is not reported: globs in which * stands for any text, slashes included, and a folder for all below it.","$ref":"#/$defs/words"},"words":{"type":"array","items":{"$ref":"#/$defs/word"}}}};
const schema33 = {"type":"string","pattern":"\\S"};
const schema35 = {"description":"off, or how bad it is.","enum":["off","info","warning","error"]};
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


function validate28(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate28.evaluated;
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
validate28.errors = vErrors;
return errors === 0;
}
validate28.evaluated = {"items":true,"dynamicProps":false,"dynamicItems":false};


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
if(!((((((key0 === "environments") || (key0 === "images")) || (key0 === "dns")) || (key0 === "versions")) || (key0 === "rules")) || (key0 === "risks"))){
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
if(data.rules !== undefined){
let data11 = data.rules;
if(data11 && typeof data11 == "object" && !Array.isArray(data11)){
for(const key4 in data11){
if(!(key4 === "config-change-not-picked-up")){
let data12 = data11[key4];
const _errs26 = errors;
let valid8 = true;
const _errs27 = errors;
if(!(data12 && typeof data12 == "object" && !Array.isArray(data12))){
const err10 = {};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
var _valid0 = _errs27 === errors;
errors = _errs26;
if(vErrors !== null){
if(_errs26){
vErrors.length = _errs26;
}
else {
vErrors = null;
}
}
let ifClause0;
if(_valid0){
const _errs29 = errors;
if(data12 && typeof data12 == "object" && !Array.isArray(data12)){
for(const key5 in data12){
if(!((key5 === "severity") || (key5 === "ignore"))){
const err11 = {instancePath:instancePath+"/rules/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/then/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key5},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.rules.additionalProperties.then,data:data12};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data12.severity !== undefined){
let data13 = data12.severity;
if(!((((data13 === "off") || (data13 === "info")) || (data13 === "warning")) || (data13 === "error"))){
const err12 = {instancePath:instancePath+"/rules/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/severity",schemaPath:"#/$defs/severity/enum",keyword:"enum",params:{allowedValues: schema35.enum},message:"must be equal to one of the allowed values",schema:schema35.enum,parentSchema:schema35,data:data13};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data12.ignore !== undefined){
if(!(validate28(data12.ignore, {instancePath:instancePath+"/rules/" + key4.replace(/~/g, "~0").replace(/\//g, "~1")+"/ignore",parentData:data12,parentDataProperty:"ignore",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
}
else {
const err13 = {instancePath:instancePath+"/rules/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/then/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.rules.additionalProperties.then.type,parentSchema:schema31.properties.rules.additionalProperties.then,data:data12};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
var _valid0 = _errs29 === errors;
valid8 = _valid0;
ifClause0 = "then";
}
else {
const _errs35 = errors;
if(!((((data12 === "off") || (data12 === "info")) || (data12 === "warning")) || (data12 === "error"))){
const err14 = {instancePath:instancePath+"/rules/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/$defs/severity/enum",keyword:"enum",params:{allowedValues: schema35.enum},message:"must be equal to one of the allowed values",schema:schema35.enum,parentSchema:schema35,data:data12};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
var _valid0 = _errs35 === errors;
valid8 = _valid0;
ifClause0 = "else";
}
if(!valid8){
const err15 = {instancePath:instancePath+"/rules/" + key4.replace(/~/g, "~0").replace(/\//g, "~1"),schemaPath:"#/properties/rules/additionalProperties/if",keyword:"if",params:{failingKeyword: ifClause0},message:"must match \""+ifClause0+"\" schema",schema:schema31.properties.rules.additionalProperties.if,parentSchema:schema31.properties.rules.additionalProperties,data:data12};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
}
if(data11["config-change-not-picked-up"] !== undefined){
let data15 = data11["config-change-not-picked-up"];
const _errs38 = errors;
let valid13 = true;
const _errs39 = errors;
if(!(data15 && typeof data15 == "object" && !Array.isArray(data15))){
const err16 = {};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
var _valid1 = _errs39 === errors;
errors = _errs38;
if(vErrors !== null){
if(_errs38){
vErrors.length = _errs38;
}
else {
vErrors = null;
}
}
let ifClause1;
if(_valid1){
const _errs41 = errors;
if(data15 && typeof data15 == "object" && !Array.isArray(data15)){
for(const key6 in data15){
if(!(((key6 === "severity") || (key6 === "ignore")) || (key6 === "auto-reload-all"))){
const err17 = {instancePath:instancePath+"/rules/config-change-not-picked-up",schemaPath:"#/properties/rules/properties/config-change-not-picked-up/then/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key6},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.rules.properties["config-change-not-picked-up"].then,data:data15};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data15.severity !== undefined){
let data16 = data15.severity;
if(!((((data16 === "off") || (data16 === "info")) || (data16 === "warning")) || (data16 === "error"))){
const err18 = {instancePath:instancePath+"/rules/config-change-not-picked-up/severity",schemaPath:"#/$defs/severity/enum",keyword:"enum",params:{allowedValues: schema35.enum},message:"must be equal to one of the allowed values",schema:schema35.enum,parentSchema:schema35,data:data16};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data15.ignore !== undefined){
if(!(validate28(data15.ignore, {instancePath:instancePath+"/rules/config-change-not-picked-up/ignore",parentData:data15,parentDataProperty:"ignore",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate28.errors : vErrors.concat(validate28.errors);
errors = vErrors.length;
}
}
if(data15["auto-reload-all"] !== undefined){
let data18 = data15["auto-reload-all"];
if(typeof data18 !== "boolean"){
const err19 = {instancePath:instancePath+"/rules/config-change-not-picked-up/auto-reload-all",schemaPath:"#/properties/rules/properties/config-change-not-picked-up/then/properties/auto-reload-all/type",keyword:"type",params:{type: "boolean"},message:"must be boolean",schema:schema31.properties.rules.properties["config-change-not-picked-up"].then.properties["auto-reload-all"].type,parentSchema:schema31.properties.rules.properties["config-change-not-picked-up"].then.properties["auto-reload-all"],data:data18};
if(vErrors === null){
vErrors = [err19];
}
else {
vErrors.push(err19);
}
errors++;
}
}
}
else {
const err20 = {instancePath:instancePath+"/rules/config-change-not-picked-up",schemaPath:"#/properties/rules/properties/config-change-not-picked-up/then/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.rules.properties["config-change-not-picked-up"].then.type,parentSchema:schema31.properties.rules.properties["config-change-not-picked-up"].then,data:data15};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
var _valid1 = _errs41 === errors;
valid13 = _valid1;
ifClause1 = "then";
}
else {
const _errs49 = errors;
if(!((((data15 === "off") || (data15 === "info")) || (data15 === "warning")) || (data15 === "error"))){
const err21 = {instancePath:instancePath+"/rules/config-change-not-picked-up",schemaPath:"#/$defs/severity/enum",keyword:"enum",params:{allowedValues: schema35.enum},message:"must be equal to one of the allowed values",schema:schema35.enum,parentSchema:schema35,data:data15};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
var _valid1 = _errs49 === errors;
valid13 = _valid1;
ifClause1 = "else";
}
if(!valid13){
const err22 = {instancePath:instancePath+"/rules/config-change-not-picked-up",schemaPath:"#/properties/rules/properties/config-change-not-picked-up/if",keyword:"if",params:{failingKeyword: ifClause1},message:"must match \""+ifClause1+"\" schema",schema:schema31.properties.rules.properties["config-change-not-picked-up"].if,parentSchema:schema31.properties.rules.properties["config-change-not-picked-up"],data:data15};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
}
else {
const err23 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.rules.type,parentSchema:schema31.properties.rules,data:data11};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
if(data.risks !== undefined){
let data19 = data.risks;
if(Array.isArray(data19)){
const len1 = data19.length;
for(let i1=0; i1<len1; i1++){
let data20 = data19[i1];
if(data20 && typeof data20 == "object" && !Array.isArray(data20)){
for(const key7 in data20){
if(!((((((key7 === "rows") || (key7 === "paths")) || (key7 === "environments")) || (key7 === "level")) || (key7 === "obligations")) || (key7 === "consult"))){
const err24 = {instancePath:instancePath+"/risks/" + i1,schemaPath:"#/properties/risks/items/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key7},message:"must NOT have additional properties",schema:false,parentSchema:schema31.properties.risks.items,data:data20};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
if(data20.rows !== undefined){
if(!(validate21(data20.rows, {instancePath:instancePath+"/risks/" + i1+"/rows",parentData:data20,parentDataProperty:"rows",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
if(data20.paths !== undefined){
if(!(validate21(data20.paths, {instancePath:instancePath+"/risks/" + i1+"/paths",parentData:data20,parentDataProperty:"paths",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
if(data20.environments !== undefined){
let data23 = data20.environments;
if(Array.isArray(data23)){
const len2 = data23.length;
for(let i2=0; i2<len2; i2++){
let data24 = data23[i2];
if(!((((data24 === "production") || (data24 === "staging")) || (data24 === "development")) || (data24 === "unknown"))){
const err25 = {instancePath:instancePath+"/risks/" + i1+"/environments/" + i2,schemaPath:"#/properties/risks/items/properties/environments/items/enum",keyword:"enum",params:{allowedValues: schema31.properties.risks.items.properties.environments.items.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.risks.items.properties.environments.items.enum,parentSchema:schema31.properties.risks.items.properties.environments.items,data:data24};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
}
}
else {
const err26 = {instancePath:instancePath+"/risks/" + i1+"/environments",schemaPath:"#/properties/risks/items/properties/environments/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.risks.items.properties.environments.type,parentSchema:schema31.properties.risks.items.properties.environments,data:data23};
if(vErrors === null){
vErrors = [err26];
}
else {
vErrors.push(err26);
}
errors++;
}
}
if(data20.level !== undefined){
let data25 = data20.level;
if(!(((data25 === "low") || (data25 === "medium")) || (data25 === "high"))){
const err27 = {instancePath:instancePath+"/risks/" + i1+"/level",schemaPath:"#/properties/risks/items/properties/level/enum",keyword:"enum",params:{allowedValues: schema31.properties.risks.items.properties.level.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.risks.items.properties.level.enum,parentSchema:schema31.properties.risks.items.properties.level,data:data25};
if(vErrors === null){
vErrors = [err27];
}
else {
vErrors.push(err27);
}
errors++;
}
}
if(data20.obligations !== undefined){
let data26 = data20.obligations;
if(Array.isArray(data26)){
const len3 = data26.length;
for(let i3=0; i3<len3; i3++){
let data27 = data26[i3];
if(!((((((data27 === "staging-first") || (data27 === "dns-record")) || (data27 === "db-migration")) || (data27 === "backup")) || (data27 === "db-manager")) || (data27 === "maintenance-window"))){
const err28 = {instancePath:instancePath+"/risks/" + i1+"/obligations/" + i3,schemaPath:"#/properties/risks/items/properties/obligations/items/enum",keyword:"enum",params:{allowedValues: schema31.properties.risks.items.properties.obligations.items.enum},message:"must be equal to one of the allowed values",schema:schema31.properties.risks.items.properties.obligations.items.enum,parentSchema:schema31.properties.risks.items.properties.obligations.items,data:data27};
if(vErrors === null){
vErrors = [err28];
}
else {
vErrors.push(err28);
}
errors++;
}
}
}
else {
const err29 = {instancePath:instancePath+"/risks/" + i1+"/obligations",schemaPath:"#/properties/risks/items/properties/obligations/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.risks.items.properties.obligations.type,parentSchema:schema31.properties.risks.items.properties.obligations,data:data26};
if(vErrors === null){
vErrors = [err29];
}
else {
vErrors.push(err29);
}
errors++;
}
}
if(data20.consult !== undefined){
if(!(validate21(data20.consult, {instancePath:instancePath+"/risks/" + i1+"/consult",parentData:data20,parentDataProperty:"consult",rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate21.errors : vErrors.concat(validate21.errors);
errors = vErrors.length;
}
}
}
else {
const err30 = {instancePath:instancePath+"/risks/" + i1,schemaPath:"#/properties/risks/items/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.properties.risks.items.type,parentSchema:schema31.properties.risks.items,data:data20};
if(vErrors === null){
vErrors = [err30];
}
else {
vErrors.push(err30);
}
errors++;
}
}
}
else {
const err31 = {instancePath:instancePath+"/risks",schemaPath:"#/properties/risks/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema31.properties.risks.type,parentSchema:schema31.properties.risks,data:data19};
if(vErrors === null){
vErrors = [err31];
}
else {
vErrors.push(err31);
}
errors++;
}
}
}
else {
const err32 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema31.type,parentSchema:schema31,data};
if(vErrors === null){
vErrors = [err32];
}
else {
vErrors.push(err32);
}
errors++;
}
validate20.errors = vErrors;
return errors === 0;
}
validate20.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
