# 网关用中文说的话。短信含汉字，按 UCS-2 计：单条 70 字，多条时每条 67 字。

## 顾客会发的词，用逗号隔开

words-balance = 余额, 餘額, 积分, 積分, 我的积分, 我的積分, 我的余额, 查积分, 查積分, 查询积分, 积分查询, 查余额, 查询余额, 余额查询, 积分余额, 多少积分, 多少積分, 有多少积分, 我有多少积分, 还有多少积分, 还剩多少积分, 点数, 點數
words-help = 你是谁, 你是誰, 您是谁, 您是誰, 你们是谁, 你是哪位, 您是哪位, 哪位, 谁, 誰, 谁啊, 是谁, 哪家店, 这是什么, 這是什麼, 什么意思, 什麼意思, 菜单, 菜單, 选项, 選項, 指令, 功能, 有什么功能, 怎么用, 怎麼用, 如何使用, 怎么操作, 使用说明, 说明, 客服
words-join = 加入, 我要加入, 我想加入, 想加入, 怎么加入, 怎麼加入, 如何加入, 注册, 註冊, 我要注册, 怎么注册, 怎麼註冊, 报名, 報名, 我要报名, 参加, 參加, 我要参加, 入会, 入會, 怎么入会, 加入会员, 加入會員, 成为会员, 成為會員, 我要办会员, 办会员, 辦會員, 怎么办会员, 订阅, 訂閱
words-leave = 离开, 離開
words-language = 语言, 語言, 语种, 換語言, 换语言, 改语言, 更改语言, 更換語言, 更换语言, 切换语言, 选择语言, 換個語言, 换个语言
words-language-name = 中文, 汉语, 漢語, 普通话, 普通話, 华语, 華語, 国语, 國語, 简体中文, 简体, 说中文, 讲中文, 用中文, zhongwen, putonghua, chinese, chinois, chino, chineză, chinezește, mandarin
words-keep = 继续, 繼續, 继续吧, 继续发, 继续接收, 继续收, 接着发, 保留, 保持, 保持不变, 不变, 照旧, 照舊, 照常, 一切照旧
words-greeting = 你好, 您好, 你好啊, 嗨, 嘿, 哈喽, 哈囉, 哈啰, 早, 早安, 早上好, 上午好, 中午好, 下午好, 晚上好, 在吗, 在嗎, 有人吗, 有人嗎, nihao, ni hao
words-thanks = 谢谢, 謝謝, 谢谢你, 谢谢您, 謝謝您, 多谢, 多謝, 感谢, 感謝, 非常感谢, 好的谢谢, 好的 谢谢, 谢啦, 谢了, 太好了, 太棒了, 收到, 知道了, 明白了, 哈哈, 哈哈哈
words-yes = 是, 是的, 是啊, 好, 好的, 好啊, 好呀, 好吧, 好嘞, 好滴, 可以, 可以的, 可以啊, 行, 行啊, 嗯, 嗯嗯, 恩, 对, 對, 对的, 對的, 要, 想, 同意, 我同意, 愿意, 願意, 我愿意, 当然, 當然, 没问题, 沒問題, 确定, 確定, 确认, 確認, y, ok, okay, shi, shi de, hao, hao de, haode
words-no = 否, 不, 不是, 不要, 不要了, 不用, 不用了, 不用谢谢, 不用 谢谢, 不用了谢谢, 不用了 谢谢, 不了, 不了谢谢, 不了 谢谢, 不必, 不必了, 不想, 不行, 不可以, 不需要, 不同意, 不愿意, 不願意, 不加入, 不参加, 算了, n, no, bu yao, buyao, bu yong, buyong, 都不是
words-not-interested = 没兴趣, 沒興趣, 没有兴趣, 沒有興趣, 不感兴趣, 不感興趣, 都不要
words-skip = 跳过, 跳過, 略过, 略過, 忽略, 省略, 不说, 不說, 不想说, 不想說, 不想讲, 不想答, 不想回答, 不回答, 不填, 不想填, 不告诉你, 不方便说, 不方便, 保密, 隐私, 私密, 这是隐私, 无可奉告, 不关你事, 下一个, 下一個, 下一题, 下一題, 以后再说, 以後再說, 以后, 以後, 下次, 下次吧, 现在不行, 现在不想, 稍后, 稍後, 待会儿, 改天, 不知道, 不清楚

## 组成部分

points =
    { $points ->
       *[other] { $points }积分
    }
shops-joined = { $shops }、{ $shop }
shop-with-contact = { $shop }（{ $contact }）
shops-and-more = { $shops }{ $more }
and-more =
    { $count ->
       *[other] 及另外{ $count }家店
    }

## 加入

join-confirmed = 【{ $shop }】欢迎加入！您有{ points }。我们会定期发短信，每月最多{ $per_month }条，可能产生短信和流量费用。回复“余额”查积分，“帮助”获取帮助，“STOP”退订。
join-question = 【{ $shop }】回复“是”入会，定期接收短信，每月最多{ $per_month }条，可能产生短信和流量费用。回复“帮助”获取帮助，“STOP”退订。
join-reminder = 回复“是”即可成为{ $shop }会员，不想加入请回复“否”。
join-already = 【{ $shop }】欢迎回来！您有{ points }。
join-declined = 好的，不为您办理{ $shop }会员。如果改变主意，请发送“{ $phrase }”。
join-declined-short = 好的，不为您办理{ $shop }会员。

join-already-named = 【{ $shop }】{ $name }，欢迎回来！您有{ points }。
join-offer = 想成为{ $shop }会员吗？请回复“是”，或发送“{ $phrase }”。
join-which = 欢迎加入，方法如下：
did-you-mean = 您是想发“{ $phrase }”吗？回复“是”即可成为{ $shop }会员。
did-you-mean-several = 您想发的是哪一个？请回复对应的数字。
did-you-mean-no = 没关系。想成为会员，请发送店内海报上的口令。
keyword-past = “{ $past }”活动已结束。想现在成为{ $shop }会员吗？请回复“是”，或发送“{ $phrase }”。
keyword-past-member = “{ $past }”活动已结束，不过您已是{ $shop }会员，有{ points }。
keyword-past-none = “{ $past }”活动已结束。想成为会员，请到{ $shop }店内咨询。

## 加入时的问题

sign-up-first-name = 请问怎么称呼您？留个名字就好，不想说请回复“跳过”。
sign-up-first-name-again = 抱歉，只需一个名字，例如“小雅”，或回复“跳过”。
sign-up-birthday = 请问您的生日是几月几日？例如{ $example }。不想说请回复“跳过”。
sign-up-birthday-again = 抱歉，没看懂这个日期。请写成{ $example }这样，或回复“跳过”。
sign-up-own = { $prompt }（不想回答请回复“跳过”）
sign-up-yes-no = { $prompt }（请回复“是”“否”或“跳过”）
sign-up-choice = { $prompt }（请回复数字，或“跳过”）
sign-up-own-again = 抱歉，简单写几个字就好，例如“{ $example }”，或回复“跳过”。
sign-up-yes-no-again = 抱歉，请回复“是”“否”或“跳过”。
sign-up-choice-again = 抱歉，请回复其中一个数字，例如1，或回复“跳过”。
sign-up-own-example = 还没想好
sign-up-thanks = 谢谢您！
sign-up-thanks-named = 谢谢您，{ $name }！
sign-up-passed = 没关系。
sign-up-once-more = 回到刚才的问题：
sign-up-done = 问题就这些。随时发送“余额”即可查积分。

## 余额

balance-one = 【{ $shop }】您有{ points }。
balance-line = { $shop }：{ points }
not-a-member = 您还不是会员。
not-a-member-here = 您还不是会员，请到店内咨询如何加入。
offer = 发送“{ $phrase }”即可成为{ $shop }会员。

choice = { $number } { $name }
choice-phrase = { $number } { $phrase }（{ $shop }）

## 离开一家店

left = 您已退出{ $shop }会员，不会再收到该店短信。想回来时，请发送“{ $phrase }”。
left-short = 您已退出{ $shop }会员，不会再收到该店短信。
leave-question = 要退出{ $shop }会员吗？确认请回复“是”。要退出其他店，请发送“离开+店名”。
leave-which = 您想退出哪家店？请回复对应的数字。
leave-kept = 好的，一切照旧。

## 语言

language-name = 中文
language-which = 您想用哪种语言？请回复对应的数字。
language-set = 好的，以后用中文给您发短信。
language-offer = 想用中文？请回复“中文”。

## 帮助、退订、恢复

help-one = 【{ $shop }】发送“余额”查积分，回复“STOP”退订。每月最多{ $per_month }条短信，可能产生短信和流量费用。如有疑问，请联系：{ $contact }
help-counter = 【{ $shop }】发送“余额”查积分，回复“STOP”退订。每月最多{ $per_month }条短信，可能产生短信和流量费用。如有疑问，请到店内咨询。
help-several = { $shops }：发送“余额”查积分，回复“STOP”退订。每月最多{ $per_month }条短信，可能产生短信和流量费用。
stop-confirmed = 【{ $shops }】您已退订，不会再收到短信。想恢复时，请回复“START”。
stop-confirmed-plain = 您已退订，不会再收到短信。想恢复时，请回复“START”。
stop-question = 如不想再收到短信，请回复“STOP”；想继续接收，请回复“继续”。您若不回复，我们不会给您发优惠信息。
stop-kept = 谢谢，一切照旧。随时可回复“STOP”退订。
start-confirmed = 【{ $shops }】短信服务已恢复，每月最多{ $per_month }条，可能产生短信和流量费用。回复“余额”查积分，“帮助”获取帮助，“STOP”退订。
start-plain = 短信服务已恢复。
start-already = 【{ $shops }】短信服务已开启，每月最多{ $per_month }条，可能产生短信和流量费用。回复“余额”查积分，“帮助”获取帮助，“STOP”退订。
start-already-plain = 短信服务已开启。

## 其他

hint-sorry = 抱歉，没看懂您的意思。
hint-hello = 您好！
hint-commands = 发送“余额”查积分，发送“帮助”获取帮助。
