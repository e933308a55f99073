// Generated from schemas/policy.schema.json by build/config-schema.mjs.
"use strict";
export const validate = validate31;
export default validate31;
const schema50 = {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"Policies for deploy-lint","description":"Rules of a team in CEL, and their tests: a file of policies/ in the root of the repository. deploy-lint test runs the tests.","type":"object","additionalProperties":false,"properties":{"rules":{"description":"Rules by id. An id names the danger, in small letters with dashes.","type":"object","additionalProperties":{"$ref":"#/$defs/rule"}},"tests":{"description":"What rules have to say of objects.","type":"array","items":{"$ref":"#/$defs/test"}}},"$defs":{"text":{"type":"string","pattern":"\\S"},"rule":{"type":"object","additionalProperties":false,"required":["when","why","fix"],"properties":{"severity":{"enum":["info","warning","error"],"default":"warning"},"ignore":{"description":"What the rule finds in these paths is not reported: globs in which * stands for any text, slashes included, and a folder for all below it.","type":"array","items":{"$ref":"#/$defs/text"}},"kinds":{"description":"The kinds of objects that it is about. Without it, all.","type":"array","items":{"$ref":"#/$defs/text"},"minItems":1},"when":{"description":"True where there is something to report. A CEL expression over object, oldObject (null where there is none), change (added, modified, removed or none) and unit. A rule that names neither oldObject nor change is about what stands: it reports what is new.","$ref":"#/$defs/text"},"message":{"description":"One line: what is wrong, with both values.","$ref":"#/$defs/text"},"messageExpression":{"description":"A CEL expression that makes the message, in the place of message.","$ref":"#/$defs/text"},"why":{"description":"Why it matters, in one or two sentences.","$ref":"#/$defs/text"},"fix":{"description":"What to do, in one or two sentences.","$ref":"#/$defs/text"},"field":{"description":"The field that a report points to, such as spec.replicas.","$ref":"#/$defs/text","default":"metadata.name"}}},"test":{"type":"object","additionalProperties":false,"required":["name","rule","expect"],"properties":{"name":{"$ref":"#/$defs/text"},"rule":{"description":"Id of the rule.","$ref":"#/$defs/text"},"object":{"description":"The object after the change; left out where it is removed.","type":"object"},"oldObject":{"description":"The object before the change; left out where it is added.","type":"object"},"change":{"description":"Without it, what the two objects tell.","enum":["added","modified","removed","none"]},"unit":{"description":"The unit that the object is a part of. What is left out is empty.","type":"object","additionalProperties":false,"properties":{"key":{"type":"string"},"name":{"type":"string"},"kind":{"type":"string"},"environment":{"enum":["production","staging","development","unknown"],"default":"unknown"},"client":{"type":"string"},"app":{"type":"string"},"application":{"type":"string"},"folders":{"type":"array","items":{"type":"string"}}}},"expect":{"description":"What the rule says: a finding, none, or unknown where it comes to no answer.","enum":["finding","none","unknown"]},"message":{"description":"The message that the finding has to have.","$ref":"#/$defs/text"}}}}};
const schema51 = {"type":"object","additionalProperties":false,"required":["when","why","fix"],"properties":{"severity":{"enum":["info","warning","error"],"default":"warning"},"ignore":{"description":"What the rule finds in these paths is not reported: globs in which * stands for any text, slashes included, and a folder for all below it.","type":"array","items":{"$ref":"#/$defs/text"}},"kinds":{"description":"The kinds of objects that it is about. Without it, all.","type":"array","items":{"$ref":"#/$defs/text"},"minItems":1},"when":{"description":"True where there is something to report. A CEL expression over object, oldObject (null where there is none), change (added, modified, removed or none) and unit. A rule that names neither oldObject nor change is about what stands: it reports what is new.","$ref":"#/$defs/text"},"message":{"description":"One line: what is wrong, with both values.","$ref":"#/$defs/text"},"messageExpression":{"description":"A CEL expression that makes the message, in the place of message.","$ref":"#/$defs/text"},"why":{"description":"Why it matters, in one or two sentences.","$ref":"#/$defs/text"},"fix":{"description":"What to do, in one or two sentences.","$ref":"#/$defs/text"},"field":{"description":"The field that a report points to, such as spec.replicas.","$ref":"#/$defs/text","default":"metadata.name"}}};
const schema52 = {"type":"string","pattern":"\\S"};
const func1 = Object.prototype.hasOwnProperty;
const pattern4 = new RegExp("\\S", "u");

function validate32(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate32.evaluated;
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
validate32.errors = vErrors;
return errors === 0;
}
validate32.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};

const schema60 = {"type":"object","additionalProperties":false,"required":["name","rule","expect"],"properties":{"name":{"$ref":"#/$defs/text"},"rule":{"description":"Id of the rule.","$ref":"#/$defs/text"},"object":{"description":"The object after the change; left out where it is removed.","type":"object"},"oldObject":{"description":"The object before the change; left out where it is added.","type":"object"},"change":{"description":"Without it, what the two objects tell.","enum":["added","modified","removed","none"]},"unit":{"description":"The unit that the object is a part of. What is left out is empty.","type":"object","additionalProperties":false,"properties":{"key":{"type":"string"},"name":{"type":"string"},"kind":{"type":"string"},"environment":{"enum":["production","staging","development","unknown"],"default":"unknown"},"client":{"type":"string"},"app":{"type":"string"},"application":{"type":"string"},"folders":{"type":"array","items":{"type":"string"}}}},"expect":{"description":"What the rule says: a finding, none, or unknown where it comes to no answer.","enum":["finding","none","unknown"]},"message":{"description":"The message that the finding has to have.","$ref":"#/$defs/text"}}};

function validate34(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate34.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
if(data.name === undefined){
const err0 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "name"},message:"must have required property '"+"name"+"'",schema:schema60.required,parentSchema:schema60,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
if(data.rule === undefined){
const err1 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "rule"},message:"must have required property '"+"rule"+"'",schema:schema60.required,parentSchema:schema60,data};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
if(data.expect === undefined){
const err2 = {instancePath,schemaPath:"#/required",keyword:"required",params:{missingProperty: "expect"},message:"must have required property '"+"expect"+"'",schema:schema60.required,parentSchema:schema60,data};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
for(const key0 in data){
if(!((((((((key0 === "name") || (key0 === "rule")) || (key0 === "object")) || (key0 === "oldObject")) || (key0 === "change")) || (key0 === "unit")) || (key0 === "expect")) || (key0 === "message"))){
const err3 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema60,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
}
if(data.name !== undefined){
let data0 = data.name;
if(typeof data0 === "string"){
if(!pattern4.test(data0)){
const err4 = {instancePath:instancePath+"/name",schemaPath:"#/$defs/text/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema52,data:data0};
if(vErrors === null){
vErrors = [err4];
}
else {
vErrors.push(err4);
}
errors++;
}
}
else {
const err5 = {instancePath:instancePath+"/name",schemaPath:"#/$defs/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.type,parentSchema:schema52,data:data0};
if(vErrors === null){
vErrors = [err5];
}
else {
vErrors.push(err5);
}
errors++;
}
}
if(data.rule !== undefined){
let data1 = data.rule;
if(typeof data1 === "string"){
if(!pattern4.test(data1)){
const err6 = {instancePath:instancePath+"/rule",schemaPath:"#/$defs/text/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema52,data:data1};
if(vErrors === null){
vErrors = [err6];
}
else {
vErrors.push(err6);
}
errors++;
}
}
else {
const err7 = {instancePath:instancePath+"/rule",schemaPath:"#/$defs/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.type,parentSchema:schema52,data:data1};
if(vErrors === null){
vErrors = [err7];
}
else {
vErrors.push(err7);
}
errors++;
}
}
if(data.object !== undefined){
let data2 = data.object;
if(!(data2 && typeof data2 == "object" && !Array.isArray(data2))){
const err8 = {instancePath:instancePath+"/object",schemaPath:"#/properties/object/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.properties.object.type,parentSchema:schema60.properties.object,data:data2};
if(vErrors === null){
vErrors = [err8];
}
else {
vErrors.push(err8);
}
errors++;
}
}
if(data.oldObject !== undefined){
let data3 = data.oldObject;
if(!(data3 && typeof data3 == "object" && !Array.isArray(data3))){
const err9 = {instancePath:instancePath+"/oldObject",schemaPath:"#/properties/oldObject/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.properties.oldObject.type,parentSchema:schema60.properties.oldObject,data:data3};
if(vErrors === null){
vErrors = [err9];
}
else {
vErrors.push(err9);
}
errors++;
}
}
if(data.change !== undefined){
let data4 = data.change;
if(!((((data4 === "added") || (data4 === "modified")) || (data4 === "removed")) || (data4 === "none"))){
const err10 = {instancePath:instancePath+"/change",schemaPath:"#/properties/change/enum",keyword:"enum",params:{allowedValues: schema60.properties.change.enum},message:"must be equal to one of the allowed values",schema:schema60.properties.change.enum,parentSchema:schema60.properties.change,data:data4};
if(vErrors === null){
vErrors = [err10];
}
else {
vErrors.push(err10);
}
errors++;
}
}
if(data.unit !== undefined){
let data5 = data.unit;
if(data5 && typeof data5 == "object" && !Array.isArray(data5)){
for(const key1 in data5){
if(!((((((((key1 === "key") || (key1 === "name")) || (key1 === "kind")) || (key1 === "environment")) || (key1 === "client")) || (key1 === "app")) || (key1 === "application")) || (key1 === "folders"))){
const err11 = {instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key1},message:"must NOT have additional properties",schema:false,parentSchema:schema60.properties.unit,data:data5};
if(vErrors === null){
vErrors = [err11];
}
else {
vErrors.push(err11);
}
errors++;
}
}
if(data5.key !== undefined){
let data6 = data5.key;
if(typeof data6 !== "string"){
const err12 = {instancePath:instancePath+"/unit/key",schemaPath:"#/properties/unit/properties/key/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.unit.properties.key.type,parentSchema:schema60.properties.unit.properties.key,data:data6};
if(vErrors === null){
vErrors = [err12];
}
else {
vErrors.push(err12);
}
errors++;
}
}
if(data5.name !== undefined){
let data7 = data5.name;
if(typeof data7 !== "string"){
const err13 = {instancePath:instancePath+"/unit/name",schemaPath:"#/properties/unit/properties/name/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.unit.properties.name.type,parentSchema:schema60.properties.unit.properties.name,data:data7};
if(vErrors === null){
vErrors = [err13];
}
else {
vErrors.push(err13);
}
errors++;
}
}
if(data5.kind !== undefined){
let data8 = data5.kind;
if(typeof data8 !== "string"){
const err14 = {instancePath:instancePath+"/unit/kind",schemaPath:"#/properties/unit/properties/kind/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.unit.properties.kind.type,parentSchema:schema60.properties.unit.properties.kind,data:data8};
if(vErrors === null){
vErrors = [err14];
}
else {
vErrors.push(err14);
}
errors++;
}
}
if(data5.environment !== undefined){
let data9 = data5.environment;
if(!((((data9 === "production") || (data9 === "staging")) || (data9 === "development")) || (data9 === "unknown"))){
const err15 = {instancePath:instancePath+"/unit/environment",schemaPath:"#/properties/unit/properties/environment/enum",keyword:"enum",params:{allowedValues: schema60.properties.unit.properties.environment.enum},message:"must be equal to one of the allowed values",schema:schema60.properties.unit.properties.environment.enum,parentSchema:schema60.properties.unit.properties.environment,data:data9};
if(vErrors === null){
vErrors = [err15];
}
else {
vErrors.push(err15);
}
errors++;
}
}
if(data5.client !== undefined){
let data10 = data5.client;
if(typeof data10 !== "string"){
const err16 = {instancePath:instancePath+"/unit/client",schemaPath:"#/properties/unit/properties/client/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.unit.properties.client.type,parentSchema:schema60.properties.unit.properties.client,data:data10};
if(vErrors === null){
vErrors = [err16];
}
else {
vErrors.push(err16);
}
errors++;
}
}
if(data5.app !== undefined){
let data11 = data5.app;
if(typeof data11 !== "string"){
const err17 = {instancePath:instancePath+"/unit/app",schemaPath:"#/properties/unit/properties/app/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.unit.properties.app.type,parentSchema:schema60.properties.unit.properties.app,data:data11};
if(vErrors === null){
vErrors = [err17];
}
else {
vErrors.push(err17);
}
errors++;
}
}
if(data5.application !== undefined){
let data12 = data5.application;
if(typeof data12 !== "string"){
const err18 = {instancePath:instancePath+"/unit/application",schemaPath:"#/properties/unit/properties/application/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.unit.properties.application.type,parentSchema:schema60.properties.unit.properties.application,data:data12};
if(vErrors === null){
vErrors = [err18];
}
else {
vErrors.push(err18);
}
errors++;
}
}
if(data5.folders !== undefined){
let data13 = data5.folders;
if(Array.isArray(data13)){
const len0 = data13.length;
for(let i0=0; i0<len0; i0++){
let data14 = data13[i0];
if(typeof data14 !== "string"){
const err19 = {instancePath:instancePath+"/unit/folders/" + i0,schemaPath:"#/properties/unit/properties/folders/items/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema60.properties.unit.properties.folders.items.type,parentSchema:schema60.properties.unit.properties.folders.items,data:data14};
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
const err20 = {instancePath:instancePath+"/unit/folders",schemaPath:"#/properties/unit/properties/folders/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema60.properties.unit.properties.folders.type,parentSchema:schema60.properties.unit.properties.folders,data:data13};
if(vErrors === null){
vErrors = [err20];
}
else {
vErrors.push(err20);
}
errors++;
}
}
}
else {
const err21 = {instancePath:instancePath+"/unit",schemaPath:"#/properties/unit/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.properties.unit.type,parentSchema:schema60.properties.unit,data:data5};
if(vErrors === null){
vErrors = [err21];
}
else {
vErrors.push(err21);
}
errors++;
}
}
if(data.expect !== undefined){
let data15 = data.expect;
if(!(((data15 === "finding") || (data15 === "none")) || (data15 === "unknown"))){
const err22 = {instancePath:instancePath+"/expect",schemaPath:"#/properties/expect/enum",keyword:"enum",params:{allowedValues: schema60.properties.expect.enum},message:"must be equal to one of the allowed values",schema:schema60.properties.expect.enum,parentSchema:schema60.properties.expect,data:data15};
if(vErrors === null){
vErrors = [err22];
}
else {
vErrors.push(err22);
}
errors++;
}
}
if(data.message !== undefined){
let data16 = data.message;
if(typeof data16 === "string"){
if(!pattern4.test(data16)){
const err23 = {instancePath:instancePath+"/message",schemaPath:"#/$defs/text/pattern",keyword:"pattern",params:{pattern: "\\S"},message:"must match pattern \""+"\\S"+"\"",schema:"\\S",parentSchema:schema52,data:data16};
if(vErrors === null){
vErrors = [err23];
}
else {
vErrors.push(err23);
}
errors++;
}
}
else {
const err24 = {instancePath:instancePath+"/message",schemaPath:"#/$defs/text/type",keyword:"type",params:{type: "string"},message:"must be string",schema:schema52.type,parentSchema:schema52,data:data16};
if(vErrors === null){
vErrors = [err24];
}
else {
vErrors.push(err24);
}
errors++;
}
}
}
else {
const err25 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema60.type,parentSchema:schema60,data};
if(vErrors === null){
vErrors = [err25];
}
else {
vErrors.push(err25);
}
errors++;
}
validate34.errors = vErrors;
return errors === 0;
}
validate34.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};


function validate31(data, {instancePath="", parentData, parentDataProperty, rootData=data, dynamicAnchors={}}={}){
let vErrors = null;
let errors = 0;
const evaluated0 = validate31.evaluated;
if(evaluated0.dynamicProps){
evaluated0.props = undefined;
}
if(evaluated0.dynamicItems){
evaluated0.items = undefined;
}
if(data && typeof data == "object" && !Array.isArray(data)){
for(const key0 in data){
if(!((key0 === "rules") || (key0 === "tests"))){
const err0 = {instancePath,schemaPath:"#/additionalProperties",keyword:"additionalProperties",params:{additionalProperty: key0},message:"must NOT have additional properties",schema:false,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err0];
}
else {
vErrors.push(err0);
}
errors++;
}
}
if(data.rules !== undefined){
let data0 = data.rules;
if(data0 && typeof data0 == "object" && !Array.isArray(data0)){
for(const key1 in data0){
if(!(validate32(data0[key1], {instancePath:instancePath+"/rules/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"),parentData:data0,parentDataProperty:key1,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate32.errors : vErrors.concat(validate32.errors);
errors = vErrors.length;
}
}
}
else {
const err1 = {instancePath:instancePath+"/rules",schemaPath:"#/properties/rules/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema50.properties.rules.type,parentSchema:schema50.properties.rules,data:data0};
if(vErrors === null){
vErrors = [err1];
}
else {
vErrors.push(err1);
}
errors++;
}
}
if(data.tests !== undefined){
let data2 = data.tests;
if(Array.isArray(data2)){
const len0 = data2.length;
for(let i0=0; i0<len0; i0++){
if(!(validate34(data2[i0], {instancePath:instancePath+"/tests/" + i0,parentData:data2,parentDataProperty:i0,rootData,dynamicAnchors}))){
vErrors = vErrors === null ? validate34.errors : vErrors.concat(validate34.errors);
errors = vErrors.length;
}
}
}
else {
const err2 = {instancePath:instancePath+"/tests",schemaPath:"#/properties/tests/type",keyword:"type",params:{type: "array"},message:"must be array",schema:schema50.properties.tests.type,parentSchema:schema50.properties.tests,data:data2};
if(vErrors === null){
vErrors = [err2];
}
else {
vErrors.push(err2);
}
errors++;
}
}
}
else {
const err3 = {instancePath,schemaPath:"#/type",keyword:"type",params:{type: "object"},message:"must be object",schema:schema50.type,parentSchema:schema50,data};
if(vErrors === null){
vErrors = [err3];
}
else {
vErrors.push(err3);
}
errors++;
}
validate31.errors = vErrors;
return errors === 0;
}
validate31.evaluated = {"props":true,"dynamicProps":false,"dynamicItems":false};
